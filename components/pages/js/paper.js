/* On paper a picture is as wide as the sheet, not as the screen: its drawing is scaled. What is folded is unfolded. */

const DRAWINGS = ".js-plotly-plot .main-svg", FOLDED = ".standings details:not([open]), .holders details:not([open])";

function onPaper() {
  let unfolded = [];
  const before = () => {
    for (const drawing of document.querySelectorAll(DRAWINGS))
      drawing.setAttribute("viewBox", `0 0 ${drawing.getAttribute("width")} ${drawing.getAttribute("height")}`);
    unfolded = [...document.querySelectorAll(FOLDED)];
    for (const part of unfolded) part.open = true;
  };
  const after = () => {
    for (const drawing of document.querySelectorAll(DRAWINGS)) drawing.removeAttribute("viewBox");
    for (const part of unfolded) part.open = false;
  };
  return listening({ beforeprint: before, afterprint: after }, window);
}
