/* Where the exporter draws a picture: words first, then the plot in the room that they leave. */

const picture = document.getElementById("picture");
const plot = document.getElementById("plot");
let world = null, outlines = null;

async function setUp(given) {
  world = given.shapes;
  outlines = given.outlines;
}

/* Lay out the words; gives the room that is left for the plot, in px. A height of 0 is as high as is needed. */
async function setWords({ title, words, colours, dark, width, height, edge, type, legend }) {
  Plotly.purge(plot);
  plot.style.height = "";
  document.title = title;
  const root = document.documentElement;
  const px = { "picture-width": width, "picture-height": height, edge, ...type };
  const sizes = Object.fromEntries(Object.entries(px).map(([name, size]) => [name, `${size}px`]));
  for (const [name, value] of Object.entries({ ...colours, ...sizes })) root.style.setProperty(`--${name}`, value);
  root.classList.toggle("dark", dark);
  picture.classList.toggle("filled", height > 0);
  for (const place of ["inset", "beneath"]) picture.classList.toggle(place, place === legend);
  picture.classList.toggle("typed", "title" in type);
  for (const [part, html] of Object.entries(words)) document.getElementById(part).innerHTML = html;
  await document.fonts.ready;
  const room = plot.getBoundingClientRect();
  return { width: Math.floor(room.width), height: Math.floor(room.height) };
}

/* Draw a figure, whose size is its own; gives the size of the whole picture, and the signs that it lacks. */
async function setPlot(figure) {
  for (const trace of figure.data) if (trace.geojson === "world") trace.geojson = world;
  plot.style.height = `${figure.layout.height}px`;
  await Plotly.newPlot(plot, figure.data, figure.layout, figure.config);
  const { width, height } = picture.getBoundingClientRect();
  return { width: Math.ceil(width), height: Math.ceil(height), undrawn: undrawn(picture.textContent) };
}

/* The signs of a text that no font of this machine has: they look like one that none can have. */
function undrawn(words) {
  const foreign = [...new Set(words)].filter((sign) => !(sign in outlines[400]));
  return foreign.filter((sign) => sign.trim() && look(sign) === look("\u{10FFFF}"));
}

const looks = new Map();

function look(sign) {
  if (!looks.has(sign)) {
    const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 40 });
    const ink = canvas.getContext("2d");
    ink.font = '24px "Source Sans", sans-serif';
    ink.fillText(sign, 4, 30);
    looks.set(sign, canvas.toDataURL());
  }
  return looks.get(sign);
}

function asSvg({ editable, ...named }) {
  const parts = ["heading", "below", "plot", "legend"].map((part) => document.getElementById(part));
  const margin = parseFloat(getComputedStyle(picture).paddingLeft);
  return asText(parts, { ...named, margin }, editable ? { 400: {}, 700: {} } : outlines);
}

function plotAsSvg() {
  return asText([plot], { title: "", description: "" }, outlines);
}

function asText(parts, named, outlines) {
  const paper = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
  return new XMLSerializer().serializeToString(pictureSvg(parts, { ...named, paper, outlines }));
}
