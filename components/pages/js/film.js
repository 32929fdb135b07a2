/* Puts the player of the film below its map. */

export default function ({ parentElement, data }) {
  return player(parentElement, () => document.querySelector(`.${data.frame} .js-plotly-plot`), data.film);
}
