/* Draws each figure of a page in the reader's colours, and opens the page of an actor that is clicked. */

const dark = matchMedia("(prefers-color-scheme: dark)");

for (const place of document.querySelectorAll("[data-figure]")) {
  draw(place);
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

/* What a mark stands for is its place on the map, or what the figure tells of it, an actor first. */
function open(point, { opens, up }) {
  const [id] = [point.location ?? point.customdata].flat();
  if (opens.split(" ").includes(id)) location.href = `${up}countries/${encodeURIComponent(id)}.html`;
}
