/* Draws each figure of a page in the reader's colours, and opens the page of an actor that is clicked. */

const dark = matchMedia("(prefers-color-scheme: dark)");
const up = document.querySelector(".brand a").getAttribute("href").replace("index.html", "");

for (const place of document.querySelectorAll("[data-figure]")) {
  draw(place);
  dark.addEventListener("change", () => draw(place));
}

async function draw(place) {
  const theme = dark.matches ? "dark" : "light";
  const answer = await fetch(`${place.dataset.figure}-${theme}.json`, { cache: "no-cache" });
  if (!answer.ok) return; // the words and the table stay
  const { data, layout, frames, config } = await answer.json();
  await document.fonts.load('13px "Source Sans"').catch(() => []);
  let plot = place.querySelector(".plot");
  if (!plot) {
    const words = place.textContent.trim();
    plot = document.createElement("div");
    plot.className = "plot";
    plot.setAttribute("role", frames ? "group" : "img");
    plot.setAttribute("aria-label", words);
    place.replaceChildren(plot);
  }
  await Plotly.newPlot(plot, { data, layout, frames, config });
  plot.on("plotly_click", ({ points: [point] }) => open(point, place.dataset.opens.split(" ")));
  if (frames) (await import("./film.js")).default({ data: { chart: place.classList[1] } });
}

function open(point, actors) {
  const id = point.location ?? point.customdata;
  if (actors.includes(id)) location.href = `${up}countries/${encodeURIComponent(id)}.html`;
}
