"""Parameters of the address that say codes of a list, and the lists on a page that follow them.

Streamlit would write the labels of a bound list into the address, and a link must survive the rewording of a label.
Hence a list here is bound to nothing: it shows what the address says, and what is chosen in it is written there as
codes. Labels, which earlier addresses have, are understood and rewritten.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.pages.parts.address import hidden_fields, quoted_some, tell
from components.record.check.problems import listed
from components.record.folding import findable, folded

LISTED = 12  # allowed codes in a notice


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter that says codes of a list, at the most `most` of them, each as `name=code`.

    `labels` are the words for each code. `usual` is the code that holds where the address says none, and that no
    address needs to say; None where nothing holds then. A parameter that is `carried` goes along to other pages.
    """

    name: str
    labels: Mapping[str, str]
    usual: str | None = None
    most: int | None = None
    carried: bool = False

    def asked(self) -> list[str]:
        """The codes that the address says."""
        return self.kept(understood(st.query_params.get_all(self.name), self.labels)[0])

    @property
    def code(self) -> str:
        """The one code that holds, by the address or as usual."""
        return next(iter(self.asked()), self.usual or "")

    def kept(self, codes: Iterable[str]) -> list[str]:
        """Of chosen codes those that stand in the address."""
        return [code for code in codes if code != self.usual][: self.most]

    def ask_one(self, widget: Callable[..., Any], label: str, **more: Any) -> str:
        """Ask for one code by `widget`, a list of Streamlit's that has one at a time; not where there is one alone."""
        if len(self.labels) < 2:
            return self.code
        return str(self._ask(widget, label, self.code, more) or self.usual)

    def ask_some(self, widget: Callable[..., Any], label: str, **more: Any) -> list[str]:
        """Ask for codes by `widget`, a list of Streamlit's that has several."""
        chosen: list[str] = self._ask(widget, label, self._carry() if self.carried else self.asked(), more)
        return chosen

    def _ask(self, widget: Callable[..., Any], label: str, shown: Any, more: Mapping[str, Any]) -> Any:
        key = f"{self.name}_chosen" if self.carried else self.name
        st.session_state[key] = shown
        wording = {"format_func": lambda code: findable(self.labels[code]), **more}
        return widget(label, list(self.labels), key=key, on_change=self._follow, args=(key,), **wording)

    def _carry(self) -> list[str]:
        """The codes in the hidden field of a parameter: what fields are bound to, Streamlit takes to other pages."""
        codes, _ = understood(st.session_state.get(self.name, []), self.labels)
        if self.name in st.session_state and codes != st.query_params.get_all(self.name):
            st.session_state[self.name] = codes  # labels, and what two quick choices left behind in the address
        with hidden_fields():
            held = st.multiselect(self.name, [], key=self.name, bind="query-params", accept_new_options=True)
        return understood(held, self.labels)[0]

    def _follow(self, key: str) -> None:
        chosen = st.session_state[key]
        codes = self.kept(chosen if isinstance(chosen, list) else [chosen])
        if self.carried:
            st.session_state[self.name] = codes
        else:
            st.query_params[self.name] = codes


def one_of(name: str, labels: Mapping[str, str], usual: str | None = None) -> Parameter:
    """A parameter that says one code of a list; it is the first where the address says none, or `usual`."""
    return Parameter(name, labels, next(iter(labels)) if usual is None else usual, most=1)


def read_address(*parameters: Parameter) -> tuple[Parameter, ...]:
    """Leave nothing but codes in the address, name what it says that is none, and give the parameters back."""
    changed = {}
    for parameter in parameters:
        values = st.query_params.get_all(parameter.name)
        codes, unknown = understood(values, parameter.labels)
        if unknown:
            allowed = listed(parameter.labels, LISTED)
            asked = f"{parameter.name} {quoted_some(unknown)}"
            tell(f"The address asks for {asked}, which was ignored; allowed: {allowed}.", [asked])
        in_field = parameter.carried and parameter.name in st.session_state
        if not in_field and (kept := parameter.kept(codes)) != values:
            changed[parameter.name] = kept
    if changed:
        st.query_params.update(changed)  # at once, as the browser takes each change for a step to go back
    return parameters


def understood(values: Collection[str], labels: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The codes that values say, each once, and what is none: codes or labels however spelled, also after commas."""
    if not values:
        return [], []
    spelled = {folded(code): code for code in labels} | {folded(label): code for code, label in labels.items()}
    spelled |= {code: code for code in labels}
    parts: list[str] = []
    for value in values:
        parts += [value] if {value, folded(value)} & spelled.keys() else value.split(",")
    codes = {part: spelled.get(part, spelled.get(folded(part))) for part in parts}
    known = dict.fromkeys(code for code in codes.values() if code is not None)
    return list(known), [part for part, code in codes.items() if code is None]
