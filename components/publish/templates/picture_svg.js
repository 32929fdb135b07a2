/* A picture on a page as one SVG: its boxes, its lines of text and the layers of its plot, where the browser has put
   them. Pages and the exporter call this same function. */

const SVG = "http://www.w3.org/2000/svg";

function pictureSvg(parts, { paper, title, description, margin = 0 }) {
  const boxes = parts.map((part) => part.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left)) - margin;
  const top = Math.min(...boxes.map((box) => box.top)) - margin;
  const width = Math.max(...boxes.map((box) => box.right)) + margin - left;
  const height = Math.max(...boxes.map((box) => box.bottom)) + margin - top;
  const picture = element("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${short(width)} ${short(height)}`, role: "img" });
  for (const [tag, words] of [["title", title], ["desc", description]]) picture.append(element(tag, {}, words));
  picture.append(element("rect", { width, height, fill: paper }));
  for (const part of parts) {
    for (const node of [part, ...part.querySelectorAll("*")]) if (!inPlot(node)) drawBox(picture, node, left, top);
    drawLines(picture, part, left, top);
    for (const plot of part.querySelectorAll(".svg-container")) drawPlot(picture, plot, left, top);
  }
  fixIds(picture);
  return picture;
}

function element(tag, attributes, words) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes))
    made.setAttribute(name, typeof value === "number" ? short(value) : value);
  if (words !== undefined) made.textContent = words;
  return made;
}

const short = (number) => String(Math.round(number * 100) / 100);
const inPlot = (node) => node.closest(".svg-container") !== null;
const seen = (colour) => colour && colour !== "transparent" && !/^rgba\(.*, 0\)$/.test(colour);

/* The ground and the border of an element. */
function drawBox(picture, node, left, top) {
  const style = getComputedStyle(node);
  const border = parseFloat(style.borderTopWidth);
  if (!seen(style.backgroundColor) && !border) return;
  const { x, y, width, height } = node.getBoundingClientRect();
  if (!width || !height) return;
  picture.append(element("rect", {
    x: x - left + border / 2, y: y - top + border / 2, width: width - border, height: height - border,
    rx: parseFloat(style.borderTopLeftRadius) || 0,
    fill: seen(style.backgroundColor) ? style.backgroundColor : "none",
    ...(border ? { stroke: style.borderTopColor, "stroke-width": border } : {}),
  }));
}

/* Every line of text outside plots, each sign where it stands. */
function drawLines(picture, part, left, top) {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (inPlot(node.parentElement) || !node.textContent.trim()) continue;
    const style = getComputedStyle(node.parentElement);
    const size = parseFloat(style.fontSize);
    const lines = [];
    for (const { segment, index } of SIGNS.segment(node.data)) {
      range.setStart(node, index);
      range.setEnd(node, index + segment.length);
      const box = range.getClientRects()[0];
      if (!box?.width) continue;
      const last = lines.at(-1);
      if (last && Math.abs(box.top - last.top) < 2) last.signs.push([box.left - left, segment]);
      else lines.push({ top: box.top, height: box.height, signs: [[box.left - left, segment]] });
    }
    for (const { top: above, height, signs } of lines) {
      const baseline = above - top + (height - size * (ASCENT + DESCENT)) / 2 + size * ASCENT;
      picture.append(...runs(signs.map(([x, sign]) => [x, baseline, sign]), size, style.fontWeight, style.color));
    }
  }
}

const SIGNS = new Intl.Segmenter("en", { granularity: "grapheme" });
const ASCENT = 1, DESCENT = 0.326; // of the font, in ems
const SIMPLE = /^[\u0000-\u058f\u1e00-\u2fff]*$/; // scripts whose signs may stand alone

/* Signs on one baseline as texts in which each has its own place; those of joined scripts follow one another. */
function runs(signs, size, weight, fill) {
  const words = signs.map(([, , sign]) => sign).join("");
  if (!words.trim()) return [];
  const parts = [];
  for (const sign of SIMPLE.test(words) ? signs : [[signs[0][0], signs[0][1], words]]) {
    const alone = sign[2].length > 1;
    if (alone || parts.at(-1)?.alone !== false || parts.at(-1).signs[0][1] !== sign[1]) parts.push({ alone, signs: [] });
    parts.at(-1).signs.push(sign);
  }
  return parts.map((part) => element("text", {
    "xml:space": "preserve",
    "font-family": '"Source Sans", "Source Sans 3", Arial, sans-serif', "font-size": size, "font-weight": weight, fill,
    x: part.signs.map(([x]) => short(x)).join(" "), y: part.signs[0][1],
  }, part.signs.map(([, , sign]) => sign).join("")));
}

/* plotly.js draws one chart as a pile of SVGs. */
function drawPlot(picture, plot, left, top) {
  const place = plot.getBoundingClientRect();
  const group = element("g", { transform: `translate(${short(place.left - left)} ${short(place.top - top)})` });
  for (const layer of plot.querySelectorAll(":scope > .main-svg")) {
    const copy = layer.cloneNode(true);
    const originals = layer.querySelectorAll("text");
    copy.querySelectorAll("text").forEach((text, at) => placeSigns(text, originals[at]));
    copy.querySelectorAll(".hoverlayer, .draglayer, .modebar-container, .zoomlayer").forEach((node) => node.remove());
    const whole = element("g", {});
    whole.append(...copy.childNodes);
    group.append(whole);
  }
  picture.append(group);
}

/* Text of a plot, whose anchors and shifts only a browser works out, as runs of signs where they stand. */
function placeSigns(copy, original) {
  const group = element("g", {});
  for (const name of ["transform", "opacity"])
    if (copy.hasAttribute(name)) group.setAttribute(name, copy.getAttribute(name));
  const walker = document.createTreeWalker(original, NodeFilter.SHOW_TEXT);
  const known = original.getNumberOfChars();
  let before = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const style = getComputedStyle(node.parentElement);
    const signs = [...SIGNS.segment(node.data)]
      .filter(({ index }) => before + index < known)
      .map(({ segment, index }) => {
        const { x, y } = original.getStartPositionOfChar(before + index);
        return [x, y, segment];
      });
    before += node.length;
    if (signs.length) group.append(...runs(signs, parseFloat(style.fontSize), style.fontWeight, style.fill));
  }
  copy.replaceWith(group);
}

/* plotly's ids are others each time. */
function fixIds(picture) {
  const own = /defs-([0-9a-f]{6})/.exec(picture.innerHTML)?.[1];
  for (const node of picture.querySelectorAll("*"))
    for (const { name, value } of [...node.attributes]) {
      if (name === "class" || name.startsWith("data-") || name === "pointer-events") node.removeAttribute(name);
      else if (own && value.includes(own)) node.setAttribute(name, value.replaceAll(own, "plot"));
    }
}
