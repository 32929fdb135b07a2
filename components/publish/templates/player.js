/* Plays the stance map through time. Belongs here: its controls, and the colours of a map that plotly.js has drawn.
   Does not belong here: where page and site put it. `data` is what `Film.player` gives. */

const PLAYED_IN = 12; // seconds, from the first month to the last

/* Put a player into `host`; `findPlot` gives plotly's element each time that the reader acts. Gives what takes it away. */
function player(host, findPlot, data) {
  const last = data.days.length - 1;
  const button = made("button", { type: "button", textContent: "Play" });
  const range = made("input", { type: "range", min: 0, max: last, step: 1, value: last, ariaLabel: "Month" });
  const month = made("strong");
  const counts = made("span");
  const controls = made("div");
  const said = made("p");
  let timer = 0;
  let watched = null;

  function show() {
    const at = range.valueAsNumber;
    month.textContent = data.words[at];
    counts.textContent = data.labels.map((label, place) => `${label} ${data.counts[at][place]}`).join(" · ");
    range.ariaValueText = `${month.textContent}: ${counts.textContent}`;
  }

  function colour() {
    const plot = findPlot();
    if (!plot) return;
    if (plot !== watched) {
      watched?.removeListener("plotly_afterplot", colour);
      watched = plot;
      plot.on("plotly_afterplot", colour); // drawn anew, it would show the last day again
    }
    const theme = plot.layout.paper_bgcolor === data.paper.dark ? "dark" : "light";
    for (const shape of plot.querySelectorAll(".choroplethlayer path, .scatterlayer path.point")) {
      const places = data.places[shape.__data__?.loc ?? shape.__data__?.data];
      if (places) shape.style.fill = data.classes[places[range.value]][theme];
    }
  }

  function go(to) {
    range.value = to;
    show();
    colour();
  }

  function pause() {
    clearInterval(timer);
    timer = 0;
    button.textContent = "Play";
  }

  function play() {
    if (range.valueAsNumber === last) go(0);
    button.textContent = "Pause";
    timer = setInterval(() => {
      go(range.valueAsNumber + 1);
      if (range.valueAsNumber === last) pause();
    }, (PLAYED_IN * 1000) / data.days.length);
  }

  button.addEventListener("click", () => (timer ? pause() : play()));
  range.addEventListener("input", () => {
    pause();
    go(range.value);
  });
  Object.assign(controls.style, { display: "flex", alignItems: "center", gap: "12px" });
  Object.assign(button.style, {
    font: "inherit", color: "inherit", background: "none", border: "1px solid currentColor", borderRadius: "4px",
    minWidth: "5em", minHeight: "32px", cursor: "pointer",
  });
  Object.assign(range.style, { flex: "1", minWidth: "0", minHeight: "32px", margin: "0", accentColor: "currentColor" });
  Object.assign(said.style, { margin: "4px 0 0", fontVariantNumeric: "tabular-nums" });
  Object.assign(month.style, { display: "inline-block", minWidth: "9.5em" });
  controls.append(button, range);
  said.append(month, " ", counts);
  show();
  host.replaceChildren(controls, said);
  return () => {
    pause();
    watched?.removeListener("plotly_afterplot", colour);
    host.replaceChildren();
  };
}

function made(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}
