/* A typed day is taken on Enter, and on Tab out of its last part. Streamlit takes it only when a press elsewhere closes
   its calendar. */

const FIELD = '[data-testid="stDateInput"]', PART = '[role="spinbutton"]';

function typedDay() {
  const take = (event) => {
    const part = event.target.closest?.(`${FIELD} ${PART}`);
    if (!part) return;
    const leaves = event.key === "Tab" && !event.shiftKey && part === [...part.closest(FIELD).querySelectorAll(PART)].at(-1);
    if (event.key !== "Enter" && !leaves) return;
    document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    part.blur(); // Tab goes on from here
  };
  return listening({ keydown: take });
}
