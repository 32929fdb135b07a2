/* The film's buttons and slider are plotly's own, drawn in SVG: this lets the keyboard reach them, and says what they are. */

export default function ({ data }) {
  const quiet = (event) => event.reason === undefined && event.preventDefault(); // how plotly says “interrupted”
  window.addEventListener("unhandledrejection", quiet);
  const timer = setInterval(() => reach(document.querySelector(`.${data.chart} .js-plotly-plot`)), 500);
  return () => {
    clearInterval(timer);
    window.removeEventListener("unhandledrejection", quiet);
  };
}

function reach(plot) {
  if (!plot) return;
  for (const button of plot.querySelectorAll(".updatemenu-button"))
    prepare(button, { role: "button", "aria-label": button.textContent }, (event) => {
      if (event.key !== "Enter" && event.key !== " ") return false;
      button.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      return true;
    });
  const slider = plot.querySelector(".slider-group");
  if (!slider) return;
  const { active, steps } = plot.layout.sliders[0];
  const said = {
    role: "slider", "aria-label": "Month", "aria-valuemin": 0, "aria-valuemax": steps.length - 1,
    "aria-valuenow": active ?? 0, "aria-valuetext": steps[active ?? 0].label,
  };
  prepare(slider, said, (event) => {
    const now = plot.layout.sliders[0].active ?? 0;
    const to = { ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, Home: 0, End: steps.length - 1 };
    if (!(event.key in to)) return false;
    press(plot, slider, Math.min(Math.max(to[event.key], 0), steps.length - 1) / (steps.length - 1));
    return true;
  });
}

function prepare(element, said, answer) {
  for (const [name, value] of Object.entries(said))
    if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
  if (element.getAttribute("tabindex") === "0") return;
  element.setAttribute("tabindex", "0");
  element.addEventListener("keydown", (event) => {
    if (answer(event)) event.preventDefault();
  });
}

/* A press on the groove, as a finger would, for plotly's own functions are not in reach. */
function press(plot, slider, share) {
  const rail = slider.querySelector(".slider-rail-touch-rect");
  const { left, top, width, height } = rail.getBoundingClientRect();
  const inset = 10; // of plotly's steps in its groove
  const at = { bubbles: true, clientX: left + inset + share * (width - 2 * inset), clientY: top + height / 2 };
  rail.dispatchEvent(new MouseEvent("mousedown", at));
  plot.dispatchEvent(new MouseEvent("mouseup", at));
}
