/* A typed day is taken on Enter, and on Tab out of its last part; Streamlit takes it only when the field is left. */

const PART = '[data-testid="stDateInput"] [role="spinbutton"]';

export default function () {
  const take = (event) => {
    const part = event.target.closest?.(PART);
    const parts = [...(part?.closest('[data-testid="stDateInput"]').querySelectorAll('[role="spinbutton"]') ?? [])];
    if (event.key === "Enter" ? !part : event.key !== "Tab" || event.shiftKey || !part || part !== parts.at(-1)) return;
    setTimeout(() => part.dispatchEvent(new FocusEvent("focusout", { bubbles: true })));
  };
  document.addEventListener("keydown", take);
  return () => document.removeEventListener("keydown", take);
}
