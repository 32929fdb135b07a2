/* Draws each figure of a page in the reader's colours, and opens the page of an actor that is clicked. */

const dark = matchMedia("(prefers-color-scheme: dark)");

for (const place of document.querySelectorAll("[data-figure]")) {
  draw(place).then(() => "plays" in place.dataset && play(place));
  dark.addEventListener("change", () => draw(place));
}

async function draw(place) {
  const theme = dark.matches ? "dark" : "light";
  const answer = await fetch(`${place.dataset.figure}-${theme}.json`, { cache: "no-cache" });
  if (!answer.ok) return; // the words and the table stay
  const { data, layout, config } = await answer.json();
  await document.fonts.load('13px "Source Sans"').catch(() => []);
  let plot = place.querySelector(".plot");
  if (!plot) {
    const words = place.textContent.trim();
    plot = document.createElement("div");
    plot.className = "plot";
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", words);
    place.replaceChildren(plot);
  }
  await Plotly.newPlot(plot, data, layout, config);
  plot.on("plotly_click", ({ points: [point] }) => open(point, place.dataset));
}

async function play(place) {
  const answer = await fetch(`${place.dataset.figure}-player.json`, { cache: "no-cache" });
  const host = place.parentElement.querySelector(".player");
  if (answer.ok) player(host, () => place.querySelector(".plot"), await answer.json());
}

function open(point, { opens, up }) {
  const id = point.location ?? point.customdata;
  if (opens.split(" ").includes(id)) location.href = `${up}countries/${encodeURIComponent(id)}.html`;
}
