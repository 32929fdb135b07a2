/* A picture on a page as one SVG: of its parts, each over those before, the boxes, the lines of text and the layers of
   the plot, where the browser has put them. Text becomes outlines, which every program draws alike. Pages and the
   exporter call this same function. */

const SVG = "http://www.w3.org/2000/svg";

function pictureSvg(parts, { paper, title, description, outlines, margin = 0, magnified = 1 }) {
  const boxes = parts.map((part) => part.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left)) - margin;
  const top = Math.min(...boxes.map((box) => box.top)) - margin;
  const width = Math.max(...boxes.map((box) => box.right)) + margin - left;
  const height = Math.max(...boxes.map((box) => box.bottom)) + margin - top;
  const size = { width: Math.round(width * magnified), height: Math.round(height * magnified) };
  const picture = element("svg", { xmlns: SVG, ...size, viewBox: `0 0 ${short(width)} ${short(height)}`, role: "img" });
  for (const [tag, words] of [["title", title], ["desc", description]]) picture.append(element(tag, {}, words));
  picture.append(element("rect", { width, height, fill: paper }));
  for (const part of parts) {
    for (const node of [part, ...part.querySelectorAll("*")]) if (!inPlot(node)) drawBox(picture, node, left, top);
    drawLines(picture, part, left, top, outlines);
    for (const plot of part.querySelectorAll(".svg-container")) drawPlot(picture, plot, left, top, outlines);
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
  const around = border && parseFloat(style.borderLeftWidth); // else it is a rule above it
  const line = { stroke: style.borderTopColor, "stroke-width": border };
  const inner = around ? border : 0;
  if (around || seen(style.backgroundColor)) picture.append(element("rect", {
    x: x - left + inner / 2, y: y - top + inner / 2, width: width - inner, height: height - inner,
    rx: parseFloat(style.borderTopLeftRadius) || 0,
    fill: seen(style.backgroundColor) ? style.backgroundColor : "none",
    ...(around ? line : {}),
  }));
  if (border && !around)
    picture.append(element("path", { ...line, d: `M${short(x - left)} ${short(y - top + border / 2)}h${short(width)}` }));
}

/* Every line of text outside plots, each sign where it stands. */
function drawLines(picture, part, left, top, outlines) {
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
      const sign = segment.normalize("NFC");
      const last = lines.at(-1);
      const ends = [box.left - left, box.right - left];
      if (last && Math.abs(box.top - last.top) < 2) last.signs.push([ends, sign]);
      else lines.push({ top: box.top, height: box.height, signs: [[ends, sign]] });
    }
    for (const { top: above, height, signs } of lines) {
      const baseline = above - top + (height - size * (ASCENT + DESCENT)) / 2 + size * ASCENT;
      picture.append(line(signs.map(([ends, sign]) => [ends, baseline, sign]), size, style.fontWeight, style.color, outlines));
    }
  }
}

const SIGNS = new Intl.Segmenter("en", { granularity: "grapheme" });
const ASCENT = 1, DESCENT = 0.326; // of the font, in ems

/* A line of signs, each [[left, right], baseline, sign]: outlines of those that the font has, and the others as text,
   as long as it is here in whatever font, together with the blanks between them: signs of joined scripts cannot stand
   alone. */
function line(signs, size, weight, fill, outlines) {
  const shapes = outlines[weight >= 550 ? 700 : 400];
  const scale = Math.round(size * 1000) / 1e6;
  const group = element("g", { fill, "aria-label": signs.map(([, , sign]) => sign).join("") });
  let foreign = null, end = 0;
  for (const [[x, right], y, sign] of signs) {
    const shape = shapes[sign];
    if (shape === undefined || (shape === "" && foreign)) {
      if (!foreign) group.append((foreign = foreignText(x, y, size, weight)));
      foreign.textContent += sign;
      const from = Math.min(foreign.getAttribute("x"), x); // of a script that runs to the left
      end = foreign.textContent === sign ? right : Math.max(end, right);
      foreign.setAttribute("x", short(from));
      foreign.setAttribute("textLength", short(end - from));
    } else {
      foreign = null;
      if (shape)
        group.append(element("path", { d: shape, transform: `translate(${short(x)} ${short(y)}) scale(${scale} -${scale})` }));
    }
  }
  return group;
}

function foreignText(x, y, size, weight) {
  const family = '"Source Sans", "Source Sans 3", Arial, sans-serif';
  const type = { "font-family": family, "font-size": size, "font-weight": weight };
  return element("text", { x, y, ...type, lengthAdjust: "spacingAndGlyphs", "xml:space": "preserve" }, "");
}

/* plotly.js draws one chart as a pile of SVGs. */
function drawPlot(picture, plot, left, top, outlines) {
  const place = plot.getBoundingClientRect();
  const group = element("g", { transform: `translate(${short(place.left - left)} ${short(place.top - top)})` });
  const ground = getComputedStyle(plot.querySelector(":scope > .main-svg")).backgroundColor;
  if (seen(ground)) group.append(element("rect", { width: place.width, height: place.height, fill: ground }));
  for (const layer of plot.querySelectorAll(":scope > .main-svg")) {
    const copy = layer.cloneNode(true);
    const originals = layer.querySelectorAll("text");
    copy.querySelectorAll("text").forEach((text, at) => placeSigns(text, originals[at], outlines));
    for (const node of copy.querySelectorAll("[style]")) node.style.cursor = ""; // which the mouse leaves there
    copy.querySelectorAll(".hoverlayer, .draglayer, .modebar-container, .zoomlayer").forEach((node) => node.remove());
    const whole = element("g", {});
    whole.append(...copy.childNodes);
    group.append(whole);
  }
  picture.append(group);
}

/* Text of a plot, whose anchors and shifts only a browser works out, as runs of signs where they stand. */
function placeSigns(copy, original, outlines) {
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
        const end = original.getEndPositionOfChar(before + index + segment.length - 1);
        return [[Math.min(x, end.x), Math.max(x, end.x)], y, segment.normalize("NFC")];
      });
    before += node.length;
    if (signs.length) group.append(line(signs, parseFloat(style.fontSize), style.fontWeight, style.fill, outlines));
  }
  copy.replaceWith(group);
}

/* plotly's ids are others each time: each is named by its place, also where it is referred to. Attributes, which plotly
   sets in one order or another, stand in that of their names. */
function fixIds(picture) {
  const ids = new Map();
  for (const { id } of picture.querySelectorAll("[id]")) ids.set(id, `plot-${ids.size}`);
  const fixed = (value) => value.replace(/#([\w-]+)/g, (whole, id) => (ids.has(id) ? `#${ids.get(id)}` : whole));
  for (const node of picture.querySelectorAll("*"))
    for (const { name, value } of [...node.attributes]) {
      if (name === "class" || name.startsWith("data-") || name === "pointer-events") node.removeAttribute(name);
      else if (name === "id") node.id = ids.get(value);
      else if (name !== "aria-label" && value.includes("#")) node.setAttribute(name, fixed(value));
    }
  for (const node of picture.querySelectorAll("*")) {
    const pairs = [...node.attributes].map(({ name, value }) => [name, value]);
    if (pairs.every(([name], at) => !at || pairs[at - 1][0] < name)) continue;
    for (const [name] of pairs) node.removeAttribute(name);
    for (const [name, value] of pairs.sort(([one], [other]) => (one < other ? -1 : 1))) node.setAttribute(name, value);
  }
}
