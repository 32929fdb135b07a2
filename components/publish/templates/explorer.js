/* What the reader chose and does: in the address, so that a view can be shared and Back leads to the one before.

   #date=…&actor=…&stance=…, in the codes of the dashboard. It stands behind the #, so that no server and no cache need
   know of it, and a page that is opened from a folder keeps it too. */

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const state = { day: last, picked: "", filters: {} };
const live = record.live && document.querySelector(`a[href="${CSS.escape(record.live)}"]`); // to the dashboard
let written = ""; // what the last entry of the history is about
let timer = 0;

function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const wrong = new Set();
  const one = (name, holds, usual) => {
    if (!asked.has(name) || holds(asked.get(name))) return asked.get(name) ?? usual;
    wrong.add(name);
    return usual;
  };
  state.day = one("date", isDay, last);
  state.picked = one("actor", (id) => Object.hasOwn(record.actors, id), "");
  for (const box of boxes) box.checked = asked.getAll(box.name).includes(box.value);
  state.filters = chosen();
  for (const { name } of boxes) {
    if (asked.getAll(name).some((code) => !state.filters[name]?.includes(code))) wrong.add(name);
  }
  find(".notice").textContent = wrong.size
    ? `The address asks for what this page does not have (${[...wrong].join(", ")}): that was ignored.`
    : "";
}

function isDay(text) {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text) : NaN;
  return !Number.isNaN(+day) && day.toISOString().startsWith(text) && first <= text && text <= last;
}

/* The codes that are chosen, by field. */
function chosen() {
  const groups = Object.groupBy(boxes.filter((box) => box.checked), (box) => box.name);
  return Object.fromEntries(Object.entries(groups).map(([name, found]) => [name, found.map((box) => box.value)]));
}

/* What is chosen, as parameters. Here the last day needs none, so that a link goes on with the record; the dashboard's may
   be another. */
function view(pinned = false) {
  const said = Object.entries(state.filters).flatMap(([name, codes]) => codes.map((code) => [name, code]));
  if (pinned || state.day !== last) said.push(["date", state.day]);
  if (state.picked) said.push(["actor", state.picked]);
  return new URLSearchParams(said);
}

/* Write the view into the address; days after one another are one entry of the history. */
function remember(what) {
  const address = `#${view()}`;
  if (address === (location.hash || "#")) return;
  history[what === "day" && written === "day" ? "replaceState" : "pushState"](null, "", address);
  written = what;
}

function update() {
  show(state);
  if (live) live.search = view(true);
}

function change(what, to) {
  stop();
  Object.assign(state, to);
  remember(what);
  update();
}

function pick(id) {
  change("actor", { picked: id === state.picked ? "" : id });
}

function before() {
  change("day", { day: steps.findLast((step) => step < state.day) ?? first });
}

function after() {
  change("day", { day: steps.find((step) => step > state.day) ?? last });
}

/* Through the steps that the record names, a month or more at once; slowly for those who want less motion. */
function play() {
  if (state.day === last) state.day = first;
  find(".play").textContent = "Pause";
  timer = setInterval(() => {
    state.day = record.played.map((at) => steps[at]).find((step) => step > state.day) ?? last;
    update();
    if (state.day === last) stop();
  }, calm.matches ? 1500 : 300);
  update();
}

function stop() {
  if (!timer) return;
  clearInterval(timer);
  timer = 0;
  find(".play").textContent = "Play";
  remember("day");
}

find(".play").addEventListener("click", () => (timer ? stop() : play()));
find(".before").addEventListener("click", before);
find(".after").addEventListener("click", after);
slider.addEventListener("input", () => {
  stop();
  state.day = steps[slider.value];
  update();
});
slider.addEventListener("change", () => remember("day"));
find(".filters").addEventListener("change", () => change("filters", { filters: chosen() }));
find(".clear").addEventListener("click", () => {
  for (const box of boxes) box.checked = false;
  change("filters", { filters: {} });
  find(".filters summary").focus({ preventScroll: true });
});
document.addEventListener("click", (event) => {
  const place = event.target.closest(":is(.world, .members) [data-actor]");
  if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  pick(place.dataset.actor);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel.open) panel.close();
  if (event.target !== document.body || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key === "ArrowLeft") before();
  if (event.key === "ArrowRight") after();
});
find(".panel .close").addEventListener("click", () => panel.close());
panel.addEventListener("close", () => state.picked && change("actor", { picked: "" }));
search(find("#find"), find("#found"), (id) => id !== state.picked && pick(id));
world.addEventListener("pointermove", (event) => tell(event, state.day));
world.addEventListener("pointerleave", () => (tip.hidden = true));
addEventListener("hashchange", () => {
  if (location.hash && !location.hash.includes("=")) return; // a place on the page
  stop();
  written = "";
  readAddress();
  update();
});

readAddress();
update();
document.documentElement.classList.add("answers"); // until then, and without a script, nothing is offered
