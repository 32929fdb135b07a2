/* A drag over a picture is no click on a mark, and of a double click only the first counts: a second would take back
   what the first has picked. */

const PLOT = ".js-plotly-plot", FAR = 6; // px from press to release

function pressOnPlot() {
  let pressed;
  const press = (event) => {
    pressed = event;
    if (event.detail > 1 && event.target.closest?.(PLOT)) event.stopImmediatePropagation();
  };
  const release = (event) => {
    if (!event.target.closest?.(PLOT)) return;
    const dragged = pressed && Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) > FAR;
    if (dragged || event.detail > 1) event.stopImmediatePropagation();
  };
  return listening({ mousedown: press, click: release, dblclick: release });
}
