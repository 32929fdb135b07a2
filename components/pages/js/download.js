/* Two buttons that save the picture beside them, in the reader's browser and in the page's own fonts. */

const PIXELS_PER_POINT = 2, MARGIN = 12;

export default function ({ parentElement, data }) {
  parentElement.replaceChildren(bar(data));
}

function bar(data) {
  const row = document.createElement("div");
  row.style.cssText = "display:flex;gap:4px;align-items:center;font:inherit;font-size:14px";
  row.append("Download picture:");
  for (const format of ["png", "svg"]) {
    const label = format.toUpperCase();
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.setAttribute("aria-label", `Download this chart as ${label}`);
    button.style.cssText =
      "all:unset;cursor:pointer;padding:6px 8px;text-decoration:underline;text-underline-offset:3px;font-size:14px";
    button.onfocus = () => (button.style.outline = "2px solid currentColor");
    button.onblur = () => (button.style.outline = "none");
    button.onclick = () => save(data, format, button);
    row.append(button);
  }
  return row;
}

async function save({ frame, stem, theme, last, paper }, format, button) {
  const label = button.textContent;
  button.textContent = "…";
  try {
    const svg = await selfContained(document.querySelector(`.${frame}`), paper);
    const blob = new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
    offer(format === "svg" ? blob : await rasterised(blob, svg), `${stem}-${dayOfPage(last)}-page-${theme}.${format}`);
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

/* The picture as it stands on the page, its text as outlines, so that it can leave the page. */
async function selfContained(frame, paper) {
  const plots = [...frame.querySelectorAll(".js-plotly-plot")]; // of two arrangements the one that is seen
  const plot = plots.find((each) => getComputedStyle(each).visibility !== "hidden");
  if (!plot) throw new Error("the chart is not drawn yet");
  const parts = [...frame.querySelectorAll(".heading, .below"), plot, ...frame.querySelectorAll(".legend")];
  const title = [".title", ".day"].map((part) => frame.querySelector(part).textContent).join(", ");
  const description = plot.closest("[aria-label]")?.getAttribute("aria-label") ?? title;
  const outlines = await (await fetch(new URL("app/static/source-sans.json", document.baseURI))).json();
  frame.classList.add("leaving"); // with the words that the page says elsewhere
  try {
    return pictureSvg(parts, { paper, title, description, outlines, margin: MARGIN });
  } finally {
    frame.classList.remove("leaving");
  }
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
