/* What the page shows of a day, the filters and a pick: title, map, names, and the words beside them. */

const find = (query) => document.querySelector(query);
const world = find(".world");
const boxes = [...document.querySelectorAll(".filters input")];
const slider = find(".step");
const listed = [...document.querySelectorAll(".members [data-actor]")];
const places = Object.fromEntries(listed.map((place) => [place.dataset.actor, place]));
const groups = document.querySelectorAll(".classes [data-class]:has(> details)");
const LEFT_OUT = "left_out";

function show({ day, picked, filters }) {
  const filtered = Object.keys(filters).length > 0;
  const passing = new Set(actors.filter((actor) => !filtered || passes(actor, day, filters)).map(({ id }) => id));
  const classes = Object.fromEntries(
    actors.map((actor) => {
      const out = actor.country && actor.id !== record.subject && !passing.has(actor.id);
      return [actor.id, out ? LEFT_OUT : classOn(actor, day)];
    }),
  );
  const members = (code) => countries.filter(({ id }) => classes[id] === code);
  const said = headline(countries.filter(({ id }) => passing.has(id)), day, filtered);
  find("h1").textContent = isolated(said);
  document.title = `${said} – ${record.title}`;
  for (const land of world.querySelectorAll(":scope > [data-actor]")) land.dataset.class = classes[land.dataset.actor];
  world.setAttribute("aria-label", `World map. ${counted(members)}.`);
  nameOnMap(members(record.recognition), day);
  outline(picked);
  for (const group of groups) list(group, members(group.dataset.class));
  listBodies(classes, passing);
  tellDay(day, said);
  tellFilters(filters);
  showPanel(actors.find(({ id }) => id === picked), day);
}

/* “Recognises: 1 country; …”: every class with its count. */
function counted(members) {
  const parts = Object.entries(record.classes).map(([code, label]) => {
    const isSubject = code === record.notApplicable;
    const number = isSubject ? Number(record.actors[record.subject].country) : members(code).length;
    return `${label}: ${number} ${number === 1 ? "country" : "countries"}`;
  });
  return parts.join("; ");
}

/* Those that recognise by name, and since when, while they are few. */
function nameOnMap(recognise, day) {
  for (const name of world.querySelectorAll("[data-name]")) {
    const actor = recognise.length <= record.named && recognise.find(({ id }) => id === name.dataset.name);
    name.setAttribute("visibility", actor ? "visible" : "hidden");
    name.lastElementChild.textContent = actor ? rowOn(actor, day).since : "";
  }
}

/* A line around the shape of the pick and around its marker, above those of its neighbours. */
function outline(picked) {
  const lands = [...world.querySelectorAll(":scope > [data-actor]")].filter((land) => land.dataset.actor === picked);
  const copies = lands.map((land) => land.cloneNode());
  for (const copy of copies) delete copy.dataset.class;
  world.querySelector(".picked").replaceChildren(...copies);
}

function list(group, members) {
  const sorted = members.toSorted((one, other) => collator.compare(one.name, other.name));
  group.hidden = !members.length;
  group.querySelector("summary b").textContent = members.length;
  group.querySelector(".members").replaceChildren(...sorted.map(({ id }) => places[id].parentElement));
}

function listBodies(classes, passing) {
  const bodies = actors.filter((actor) => !actor.country && actor.id !== record.subject);
  for (const { id } of bodies) {
    places[id].dataset.class = classes[id];
    places[id].parentElement.hidden = !passing.has(id);
  }
  const number = bodies.filter(({ id }) => passing.has(id)).length;
  find(".bodies").hidden = !number;
  find(".bodies summary b").textContent = number;
}

function tellDay(day, said) {
  const at = steps.findLastIndex((step) => step <= day);
  const begins = ({ rows, levers }) => rows.some((row) => row.day === day) || levers.some(({ from }) => from === day);
  const ends = ({ levers }) => levers.some(({ until }) => until === day);
  const moved = at ? actors.filter((actor) => begins(actor) || ends(actor)).map(({ name }) => name) : [];
  slider.value = at;
  slider.ariaValueText = `${inWords(day)}: ${said}`;
  find(".day b").textContent = inWords(day);
  find(".before").disabled = day === first;
  find(".after").disabled = day === last;
  find(".moved").textContent = moved.length ? isolated(`New: ${enumerated(moved, 2)}`) : "";
}

/* The filters in words, as record/filters.py says them. */
function tellFilters(filters) {
  const parts = Object.entries(filters).map(([name, codes]) => {
    const chosen = boxes.filter((box) => box.name === name && codes.includes(box.value));
    const field = chosen[0].closest("fieldset").querySelector("legend").textContent;
    return `${field} ${chosen.map((box) => box.nextElementSibling.textContent).join(" or ")}`;
  });
  find(".only").hidden = !parts.length;
  find(".only span").textContent = `Only: ${parts.join("; ")}`;
  find(".filters summary b").textContent = parts.length || "";
}

const tip = made("p", { className: "tip", hidden: true });
document.body.append(tip);

/* Beside the mouse what holds on the day; a finger gets the panel. */
function tell({ target, pointerType, clientX, clientY }, day) {
  const actor = pointerType === "mouse" && actors.find(({ id }) => id === target.dataset.actor);
  tip.hidden = !actor;
  if (!actor) return;
  const row = rowOn(actor, day);
  const told = row ? facts(row) : [record.classes[classOn(actor, day)]];
  const lines = told.map((textContent) => made("span", { textContent }));
  tip.replaceChildren(made("b", { textContent: actor.name }), ...lines);
  tip.style.left = `${Math.min(clientX + 14, innerWidth - tip.offsetWidth - 8)}px`;
  tip.style.top = `${Math.min(clientY + 14, innerHeight - tip.offsetHeight - 8)}px`;
}
