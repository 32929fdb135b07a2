/* What is typed into a list is looked for as its options are written: accents apart from their letters, so that a name
   is found with and without them, and one apostrophe for all. Of an emptied list nothing is taken, where Streamlit would
   take the first option: Enter and Tab take back what was chosen, if the list can do without. */

const LISTS = '[data-testid="stSelectbox"], [data-testid="stMultiSelect"]';
const APOSTROPHES = /[\u2019\u2018\u02bc\u02bb\u2032`\u00b4]/g;

function typedName() {
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  let walked = false; // by the arrow keys to an option
  const spell = (event) => {
    const field = event.target;
    walked = false;
    if (event.isComposing || !field.closest?.(LISTS)) return;
    const spelled = field.value.replace(APOSTROPHES, "'").normalize("NFD");
    if (spelled === field.value) return;
    const behind = field.value.length - field.selectionEnd;
    write.call(field, spelled); // not the field's own, by which React would take it for known
    field.setSelectionRange(spelled.length - behind, spelled.length - behind);
  };
  const composed = (event) => event.target.dispatchEvent(new InputEvent("input", { bubbles: true }));
  const leave = (event) => {
    const list = event.target.closest?.(LISTS);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") walked = true;
    if (!list || walked || event.target.value || !["Enter", "Tab"].includes(event.key)) return;
    if (event.key === "Enter") event.stopImmediatePropagation();
    list.querySelector('[aria-label="Clear value"]')?.click();
  };
  return listening({ input: spell, compositionend: composed, keydown: leave });
}
