/* Finds an actor by any of its names: a combobox whose list opens as one types (ARIA Authoring Practices). */

const MOST = 8; // names that the list offers
const NOWHERE = 3; // the rank of a name without the text

function search(field, list, choose) {
  let at = -1;

  /* Those whose name begins with the text, then those with a word that does, then those that have it in them; of each
     those first that have it in the name that the page calls them by. */
  function matching(text) {
    const best = ({ names }) => Math.min(...names.map((name, place) => 2 * rank(name, text) + (place > 0)));
    return actors
      .map((actor) => [best(actor), actor])
      .filter(([rank]) => rank < 2 * NOWHERE)
      .sort(([a, one], [b, other]) => a - b || collator.compare(one.name, other.name))
      .slice(0, MOST)
      .map(([, actor]) => actor);
  }

  function rank(name, text) {
    const place = name.indexOf(text);
    return place < 0 ? NOWHERE : place === 0 ? 0 : /[^\p{L}\p{N}]/u.test(name[place - 1]) ? 1 : 2;
  }

  function offer() {
    const text = folded(field.value.trim());
    const found = text ? matching(text) : [];
    const options = found.map((actor, place) => {
      const option = made("li", { id: `found-${place}`, role: "option", textContent: actor.name });
      option.dataset.found = actor.id;
      return option;
    });
    const none = { role: "option", ariaDisabled: "true", textContent: "No such name" };
    if (text && !found.length) options.push(made("li", none));
    list.replaceChildren(...options);
    open(options.length > 0);
    mark(found.length ? 0 : -1);
  }

  function open(is) {
    list.hidden = !is;
    field.ariaExpanded = String(is);
    if (!is) mark(-1);
  }

  function mark(to) {
    const options = list.querySelectorAll("[data-found]");
    at = options.length ? (to + options.length) % options.length : -1;
    if (to < 0 && list.hidden) at = -1;
    options.forEach((option, place) => (option.ariaSelected = String(place === at)));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", options[at].id);
    options[at]?.scrollIntoView({ block: "nearest" });
  }

  function take(option) {
    if (!option) return;
    field.value = "";
    open(false);
    choose(option.dataset.found);
  }

  field.addEventListener("input", offer);
  field.addEventListener("blur", () => open(false));
  field.addEventListener("keydown", (event) => {
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1 };
    if (event.key in moves && !list.hidden) mark(moves[event.key]);
    else if (event.key === "Enter") take(list.querySelector('[aria-selected="true"]'));
    else if (event.key === "Escape" && !list.hidden) open(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => take(event.target.closest("[data-found]")));
}
