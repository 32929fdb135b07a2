/* Two buttons that save the chart beside them as a picture, in the reader's browser and in the page's own fonts. */

const PIXELS_PER_POINT = 2;
const SVG = "http://www.w3.org/2000/svg";

export default function ({ parentElement, data }) {
  parentElement.replaceChildren(bar(data));
}

function bar({ chart, name, last, labels }) {
  const row = document.createElement("div");
  row.style.cssText = "display:flex;gap:4px;align-items:center;font:inherit;font-size:14px";
  row.append("Download picture:");
  for (const [format, label] of Object.entries(labels)) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.setAttribute("aria-label", `Download this chart as ${label}`);
    button.style.cssText =
      "all:unset;cursor:pointer;padding:6px 8px;text-decoration:underline;text-underline-offset:3px;font-size:14px";
    button.onfocus = () => (button.style.outline = "2px solid currentColor");
    button.onblur = () => (button.style.outline = "none");
    button.onclick = () => save(chart, `${name}-${dayOfPage(last)}`, format, button);
    row.append(button);
  }
  return row;
}

/* The day that the page shows: an address without one shows the last. */
function dayOfPage(last) {
  const asked = new URLSearchParams(location.search).get("date");
  return /^\d{4}-\d\d-\d\d$/.test(asked) ? asked : last;
}

async function save(chart, name, format, button) {
  const label = button.textContent;
  button.textContent = "…";
  try {
    const svg = await selfContained(chart);
    const text = new XMLSerializer().serializeToString(svg);
    const blob = new Blob([text], { type: "image/svg+xml" });
    offer(format === "svg" ? blob : await rasterised(blob, svg), `${name}.${format}`);
    button.textContent = label;
  } catch (error) {
    button.textContent = `${label} failed: ${error.message}`;
  }
}

function offer(blob, fileName) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/* plotly.js draws one chart as a pile of SVGs; put in one, with its ground and fonts, they can leave the page. */
async function selfContained(chart) {
  const plot = document.querySelector(`.${chart} .js-plotly-plot`);
  if (!plot) throw new Error("the chart is not drawn yet");
  const layers = [...plot.querySelectorAll(".svg-container > .main-svg")];
  const { width, height } = layers[0].getBoundingClientRect();
  const picture = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` }))
    picture.setAttribute(key, value);
  picture.append(await fontStyle());
  const ground = document.createElementNS(SVG, "rect");
  for (const [key, value] of Object.entries({ width, height, fill: plot._fullLayout.paper_bgcolor }))
    ground.setAttribute(key, value);
  picture.append(ground);
  for (const layer of layers) {
    const copy = layer.cloneNode(true);
    copy.removeAttribute("style");
    copy.querySelectorAll(".hoverlayer, .draglayer").forEach((node) => node.remove());
    picture.append(copy);
  }
  return picture;
}

async function fontStyle() {
  const style = document.createElementNS(SVG, "style");
  const faces = [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules].map((rule) => ({ rule, base: sheet.href || location.href })))
    .filter(({ rule }) => rule instanceof CSSFontFaceRule && /^["']?Source Sans["']?$/.test(rule.style.fontFamily))
    .filter(({ rule }) => (rule.style.fontStyle || "normal") === "normal");
  const texts = await Promise.all(faces.map(inlined));
  style.textContent = texts.join("\n");
  return style;
}

async function inlined({ rule, base }) {
  const address = rule.style.getPropertyValue("src").match(/url\(["']?([^"')]+)/)[1];
  const font = await (await fetch(new URL(address, base))).blob();
  return `@font-face{font-family:"Source Sans";font-weight:${rule.style.fontWeight || "400"};src:url(${await asDataUrl(font)})}`;
}

function asDataUrl(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

async function rasterised(blob, svg) {
  const image = new Image();
  image.src = await asDataUrl(blob);
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(svg.getAttribute("width") * PIXELS_PER_POINT);
  canvas.height = Math.round(svg.getAttribute("height") * PIXELS_PER_POINT);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
