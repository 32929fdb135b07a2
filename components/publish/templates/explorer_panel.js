/* What the record says of one actor on a day, with what proves it: beside the map, or over the page of a phone. */

const panel = document.querySelector(".panel");
const narrow = matchMedia("(max-width: 900px)");
const proofs = new Map();

/* The evidence of an actor by row id; undefined where it cannot be had, as without a server. */
async function proofOf({ id }) {
  if (!proofs.has(id) && location.protocol !== "file:") {
    const answer = await fetch(`explorer/${encodeURIComponent(id)}.json`, { cache: "no-cache" }).catch(() => null);
    const found = answer?.ok && (await answer.json().catch(() => null));
    if (found) proofs.set(id, found);
  }
  return proofs.get(id);
}

async function showPanel(actor, day) {
  if (!actor) return panel.close();
  const row = rowOn(actor, day);
  const place = panel.querySelector(".facts");
  const isNew = panel.dataset.actor !== actor.id;
  panel.dataset.actor = actor.id;
  panel.querySelector("h2").textContent = actor.name;
  if (isNew || place.dataset.row !== (row?.id ?? "")) {
    const evidence = made("article", { className: "proof" });
    if (row) evidence.append(paragraph("What the record says of it is on its way.", "small"));
    place.dataset.row = row?.id ?? "";
    place.replaceChildren(standing(actor, row, day), evidence, ...onward(actor));
    if (row) proofOf(actor).then((found) => evidence.replaceChildren(...cards(found?.[row.id])));
  } else place.querySelector(".standing").replaceWith(standing(actor, row, day));
  if (!panel.open) narrow.matches ? panel.showModal() : panel.show();
  else if (isNew) panel.querySelector("h2").focus();
}

/* Stance, level and envoys, each since when, and the levers that it holds. */
function standing(actor, row, day) {
  const told = made("div", { className: "standing" });
  const held = leversOn(actor, day).map(
    ({ lever, direction }) => `${record.leverNames[lever]} (${record.directionNames[direction]})`,
  );
  const nothing =
    actor.id === record.subject
      ? "Not applicable: the subject of the record takes no stance."
      : `Not coded on ${inWords(day)}: no row of the record holds yet.`;
  told.append(...(row ? facts(row) : [nothing]).map((line) => paragraph(line, "fact")));
  if (row?.envoys) told.append(paragraph(`${row.envoys}.`));
  if (held.length) told.append(paragraph(`Levers on ${inWords(day)}: ${[...new Set(held)].join(", ")}.`));
  return told;
}

/* What a row says of stance and level, each since when, a line for each. */
function facts(row) {
  return row.told.split("; ").map((line) => line[0].toUpperCase() + line.slice(1));
}

/* The row that holds, as a card: what happened when, and who says so. */
function cards(proof) {
  if (!proof) return [paragraph("What the record says of it cannot be loaded here; the page of all its rows has it.")];
  const sources = made("ul", { className: "sources" });
  for (const { words, title, url } of proof.sources) {
    const item = made("li");
    item.append(link(url, words), document.createTextNode(`: ${title}`));
    sources.append(item);
  }
  const place = paragraph(`${proof.confidence}, checked ${proof.checked}`, "small");
  if (proof.address) place.append(" · ", link(new URL(proof.address, location.href).href, "This row"));
  return [
    paragraph(proof.head, "head"),
    paragraph(proof.summary),
    ...(proof.asks.length ? [paragraph(`Asks for: ${proof.asks.join(", ")}`)] : []),
    sources,
    ...proof.recoded.map((line) => paragraph(line, "small")),
    place,
  ];
}

function onward(actor) {
  const address = places[actor.id]?.href;
  if (!address) return [];
  const whole = paragraph("");
  whole.append(link(address, "All of its history, levers and money"));
  return [whole];
}

/* A link to the web, or to a page of this folder; the words alone for any other address. */
function link(address, words) {
  const plain = /^https?:/.test(address) || (location.protocol === "file:" && address.startsWith("file:"));
  if (!plain) return document.createTextNode(words);
  const away = new URL(address).origin !== location.origin;
  return made("a", { href: address, textContent: words, ...(away ? { rel: "noopener noreferrer" } : {}) });
}

function paragraph(textContent, className = "") {
  return made("p", { textContent, className });
}

function made(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}
