/* Plays the stance map through time. Belongs here: its controls, and the colours of a map that plotly.js has drawn.
   Does not belong here: where page and site put it. `data` is what `Film.player` gives. */

const PLAYED_IN = 12; // seconds, from the first day to the last

/* Put a player into `host`; `findPlot` gives plotly's element each time that the reader acts. Gives what takes it away.
   Without a `page` it says day and counts itself. A page that shows a day says them: `page.day()` is its day,
   `page.tell(at)` hears of each day that is shown, `page.stay(at)` of the one where the reader stays. */
function player(host, findPlot, data, page = null) {
  const last = data.days.length - 1;
  const button = made("button", { type: "button", textContent: "Play" });
  const range = made("input", { type: "range", min: 0, max: last, step: 1, value: shownByPage(), ariaLabel: data.of });
  const when = made("strong");
  const counts = made("span");
  const controls = made("div");
  const said = made("p");
  let timer = 0;
  let moves = false; // by play or by hand, until the reader stays
  let watched = null;
  const follow = page && setInterval(() => moves || (range.valueAsNumber !== shownByPage() && show(shownByPage())), 200);

  /* The month that the day of the page is in, or the last day by then. */
  function shownByPage() {
    if (!page) return last;
    return data.of === "Month" ? data.days.findIndex((day) => day >= page.day()) : data.days.findLastIndex((day) => day <= page.day());
  }

  function show(at) {
    range.value = at;
    when.textContent = data.words[at];
    counts.textContent = data.labels.map((label, place) => `${label} ${data.counts[at][place]}`).join(" · ");
    range.ariaValueText = `${when.textContent}: ${counts.textContent}`;
  }

  function colour() {
    const plot = findPlot();
    if (!plot) return;
    if (!page && plot !== watched) {
      watched?.removeListener("plotly_afterplot", colour);
      watched = plot;
      plot.on("plotly_afterplot", colour); // drawn anew, it would show the last day again
    }
    const theme = plot.layout.paper_bgcolor === data.paper.dark ? "dark" : "light";
    for (const shape of plot.querySelectorAll(".choroplethlayer path, .scatterlayer path.point")) {
      const places = data.places[shape.__data__?.loc ?? shape.__data__?.data];
      if (places && shape.style.fillOpacity !== "0") shape.style.fill = data.classes[places[range.value]][theme];
    }
    for (const name of plot.querySelectorAll(".scatterlayer text")) {
      const places = data.places[name.__data__?.data];
      if (places) name.style.visibility = places[range.value] === data.named ? "visible" : "hidden";
    }
  }

  function go(to) {
    moves = true;
    show(to);
    colour();
    page?.tell(range.valueAsNumber);
  }

  function stay() {
    clearInterval(timer);
    timer = 0;
    button.textContent = "Play";
    moves = false;
    page?.stay(range.valueAsNumber);
  }

  function play() {
    if (range.valueAsNumber === last) go(0);
    button.textContent = "Pause";
    timer = setInterval(() => {
      go(range.valueAsNumber + 1);
      if (range.valueAsNumber === last) stay();
    }, (PLAYED_IN * 1000) / data.days.length);
  }

  button.addEventListener("click", () => (timer ? stay() : play()));
  range.addEventListener("input", () => {
    clearInterval(timer);
    timer = 0;
    button.textContent = "Play";
    go(range.value);
  });
  range.addEventListener("change", stay);
  Object.assign(controls.style, {
    display: "flex", alignItems: "center", gap: "12px", fontSize: "14px", whiteSpace: "nowrap", paddingTop: "8px",
  });
  Object.assign(button.style, {
    font: "inherit", color: "inherit", background: "none", border: "1px solid currentColor", borderRadius: "4px",
    minWidth: "5em", minHeight: "32px", cursor: "pointer",
  });
  Object.assign(range.style, { flex: "1", minWidth: "0", minHeight: "32px", margin: "0", accentColor: "var(--accent, currentColor)" });
  Object.assign(said.style, { margin: "4px 0 0", fontVariantNumeric: "tabular-nums" });
  Object.assign(when.style, { display: "inline-block", minWidth: "9.5em" });
  controls.append(button, made("span", { textContent: data.ends[0] }), range, made("span", { textContent: data.ends[1] }));
  said.append(when, " ", counts);
  show(range.valueAsNumber);
  host.replaceChildren(controls, ...(page ? [] : [said]));
  return () => {
    clearInterval(timer);
    clearInterval(follow);
    watched?.removeListener("plotly_afterplot", colour);
    host.replaceChildren();
  };
}

function made(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}
