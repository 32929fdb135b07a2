"""LRU caches of functions of a record, which live in the record and are freed with it.

A value asked for by several threads at once is worked out by the first; the others wait for it.
"""

import functools
import inspect
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import fields, is_dataclass, replace
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import pandas as pd

P = ParamSpec("P")
T = TypeVar("T")
MOST_ROWS = 100_000  # in all answers of one function together: of a large record fewer are kept


class Answers:
    """For each function its last answers by its arguments, the latest used last."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._kept: defaultdict[Callable[..., Any], OrderedDict[Hashable, Future[Any]]] = defaultdict(OrderedDict)

    def ask(self, function: Callable[..., Any], key: Hashable, most: int, work_out: Callable[[], Any]) -> Any:
        """The answer of a function for a key, worked out where it is not known; what `work_out` raises is not kept."""
        with self._lock:
            kept = self._kept[function]
            answer = kept.get(key)
            is_first = answer is None
            if answer is None:
                answer = kept[key] = Future()
            kept.move_to_end(key)
        if is_first:
            try:
                answer.set_result(work_out())
            except BaseException as error:
                answer.set_exception(error)
                with self._lock:
                    kept.pop(key, None)
            else:
                self._shorten(kept, most)
        return answer.result()

    def _shorten(self, kept: OrderedDict[Hashable, Future[Any]], most: int) -> None:
        with self._lock:
            while len(kept) > 1 and (len(kept) > most or sum(map(_rows, kept.values())) > MOST_ROWS):
                kept.popitem(last=False)


class HasAnswers(Protocol):
    """A record, as far as this module needs to know it."""

    @property
    def answers(self) -> Answers:
        """The answers that are kept with it."""


R = TypeVar("R", bound=HasAnswers)


def remembered(most: int) -> Callable[[Callable[Concatenate[R, P], T]], Callable[Concatenate[R, P], T]]:
    """Keep the last `most` answers of a function of a record and hashable arguments, with the record.

    Arguments that cannot be hashed are asked anew each time. Each caller gets frames, lists and dicts of its own
    (frames share their cells until somebody writes), also inside dataclasses.
    """

    def remembering(function: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[R, P], T]:
        signature = inspect.signature(function)

        @functools.wraps(function)
        def asked(record: R, /, *args: P.args, **kwargs: P.kwargs) -> T:
            call = signature.bind(record, *args, **kwargs)
            call.apply_defaults()  # the same is asked where an argument is left out as where its default is given
            key = tuple(call.arguments.values())[1:]
            try:
                hash(key)
            except TypeError:
                return function(record, *args, **kwargs)
            answer: T = _own(record.answers.ask(function, key, most, lambda: function(record, *args, **kwargs)))
            return answer

        return asked

    return remembering


def _rows(answer: Future[Any]) -> int:
    if not answer.done() or answer.exception() is not None:
        return 0
    value = answer.result()
    return len(value) if isinstance(value, pd.DataFrame | list | dict) else 0


def _own(value: Any) -> Any:
    """A value that its caller may change without anybody else seeing it."""
    if isinstance(value, pd.DataFrame | pd.Series):
        return value.copy(deep=False)
    if isinstance(value, list | dict):
        return value.copy()
    if is_dataclass(value) and not isinstance(value, type):
        parts = {part.name: getattr(value, part.name) for part in fields(value) if part.init}
        own = {name: _own(part) for name, part in parts.items()}
        return replace(value, **{name: own[name] for name in own if own[name] is not parts[name]})
    return value
