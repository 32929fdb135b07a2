/* What holds on a day, who passes the filters, and what that says: as record/on_day.py, record/filters.py and
   summaries/stances.py decide it, from what the page holds. Nothing here touches the page. */

const record = JSON.parse(document.getElementById("record").textContent);
const actors = Object.entries(record.actors).map(([id, actor]) => ({ ...actor, id }));
const countries = actors.filter((actor) => actor.country && actor.id !== record.subject);
const { steps } = record;
const [first, last] = [steps[0], steps.at(-1)];
const collator = new Intl.Collator("en");

/* The row of an actor that holds on a day: the last that began by then. */
function rowOn(actor, day) {
  return actor.rows.findLast((row) => row.day <= day);
}

function leversOn(actor, day) {
  return actor.levers.filter((lever) => lever.from <= day && !(lever.until <= day));
}

/* The class of an actor on a day, as summaries.standing has it. */
function classOn(actor, day) {
  if (actor.id === record.subject) return record.notApplicable;
  return rowOn(actor, day)?.class ?? record.notCoded;
}

/* Whether an actor has one of the codes of each filter; `filters` has a list of codes by field, without empty ones. */
function passes(actor, day, { stance, lever, direction, bloc, ...fields }) {
  const row = rowOn(actor, day);
  const facts = {
    level: row?.level,
    region: actor.region,
    confidence: row?.confidence,
    freshness: row && freshness(row.day, day),
  };
  const taken = [row?.stance ?? record.notCoded, row?.class]; // who withdrew has also taken a stance since
  const pushes = (held) => !(lever?.includes(held.lever) === false || direction?.includes(held.direction) === false);
  return (
    actor.id !== record.subject &&
    !(stance && !taken.some((code) => stance.includes(code))) &&
    Object.entries(fields).every(([name, codes]) => codes.includes(facts[name])) &&
    !(bloc && !actor.blocs.some((name) => bloc.includes(name))) &&
    !((lever || direction) && !leversOn(actor, day).some(pushes))
  );
}

function freshness(date, day) {
  if (date > monthsBefore(day, record.months.fresh)) return "fresh";
  return date <= monthsBefore(day, record.months.stale) ? "stale" : "ageing";
}

/* The day so many months earlier or, where its month is shorter, the last of that month. */
function monthsBefore(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
}

/* The finding of a day about some countries, in one sentence; `filtered` is whether filters leave some out. */
function headline(shown, day, filtered) {
  if (!shown.length) return filtered ? `No country ${record.unmatched}` : "The record has no country";
  if (!shown.some((actor) => rowOn(actor, day))) return "Nothing is recorded by this day";
  const of = (...codes) => shown.filter((actor) => codes.includes(classOn(actor, day)));
  const taking = (code) => of(code, record.jointly[code]);
  const verb = (number, [one, many]) => (number === 1 ? one : many);
  const names = (code) => of(code).map((actor) => actor.name).sort();
  const recognise = names(record.recognition);
  const short = taking("supportive").length;
  const jointly = (code) => {
    const [many, joint] = [taking(code).length, of(record.jointly[code]).length];
    if (!joint) return "";
    return `, ${joint < many ? `${joint} of them ` : many === 1 ? "" : "all "}only by a joint text`;
  };
  const withdrew = names("withdrew");
  const back = `${withdrew.length <= record.named ? enumerated(withdrew) : spelled(withdrew.length)} withdrew`;
  const others = Object.entries(record.verbs).flatMap(([code, verbs]) => {
    const found = taking(code);
    const who = found.length === 1 ? found[0].name : found.length;
    return found.length ? [`${who} ${verb(found.length, verbs)}${jointly(code)}`] : [];
  });
  const few = recognise.length <= record.named;
  const who = few ? enumerated(recognise) || "No country" : `${recognise.length} countries`;
  const only = recognise.length === 1 ? "Only " : "";
  const said = `${only}${who} ${verb(recognise.length || 1, ["recognises", "recognise"])} ${record.object}`;
  const support = short ? [`${spelled(short)} ${verb(short, ["supports", "support"])} it short of that${jointly("supportive")}`] : [];
  const whole = [said, withdrew.length && back, [...support, ...others].join(", ")].filter(Boolean).join("; ");
  if (!filtered) return whole;
  return `Among those shown, ${/^(Only|No) /.test(whole) ? whole[0].toLowerCase() + whole.slice(1) : whole}`;
}

/* Text for the eye: each name that runs from right to left set apart, as `record.wording.isolated` does it. */
function isolated(text) {
  const [sign, last] = ["[\\p{sc=Arab}\\p{sc=Hebr}]", "\\([\\p{sc=Arab}\\p{sc=Hebr}\\s\\d]*\\)"];
  return text.replace(new RegExp(`${sign}(?:(?:${sign}|[\\s\\d'’-]|${last})*(?:${sign}|${last}))?`, "gu"), "\u2068$&\u2069");
}

function enumerated(list, most = Infinity) {
  const shown = list.length <= most ? list : [...list.slice(0, most), `${list.length - most} more`];
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

function spelled(number) {
  return record.spelled[number] ?? String(number);
}

/* A day as “3 July 2025”. */
function inWords(day) {
  return new Date(day).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

/* Text as it is compared with names: without case, accents, and the ways in which one sign can be written. */
function folded(text) {
  const plain = [...text.toLowerCase()].map((sign) => record.letters[sign] ?? sign).join("");
  return [...plain.normalize("NFKD").replace(/\p{M}/gu, "")].map((sign) => record.letters[sign] ?? sign).join("");
}
