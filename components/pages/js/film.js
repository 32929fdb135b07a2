/* Puts the player of the film below its map. */

export default function ({ parentElement, data }) {
  const stop = player(parentElement, () => document.querySelector(`.${data.frame} .js-plotly-plot`), data.film);
  // Whoever has asked for the film sees it move, unless nothing is to move.
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) parentElement.querySelector("button").click();
  return stop;
}
