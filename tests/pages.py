"""Pages run without a browser or a server, as Streamlit's own test library does it, and what they say."""

import json
import re
from collections.abc import Callable
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.waiting import PATIENCE

PAGES = ("map", "matrix", "funds", "changes", "countries", "data")

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """`open_page(page, folder, **parameters)` runs a page of the dashboard on a folder, by default the shipped one."""

    def run(page: str = "map", folder: Path | None = None, **parameters: str | list[str]) -> AppTest:
        monkeypatch.setattr("sys.argv", ["dashboard.py", *(["--data", str(folder)] if folder else [])])
        app = AppTest.from_string(f"from dashboard import main\nmain({page!r})\n", default_timeout=PATIENCE)
        for name, value in parameters.items():
            app.query_params[name] = value
        return app.run()

    return run


def words(app: AppTest) -> str:
    """What stands on a page as Streamlit's own elements and in its headline, without its tables and pictures."""
    kinds = ("title", "subheader", "markdown", "caption", "warning", "info", "code")
    said = [str(getattr(element, "value", "")) for kind in kinds for element in app.get(kind)]
    return "\n".join([*(escape(sentence, quote=False) for sentence in headlines(app)), *said])


def headlines(app: AppTest) -> list[str]:
    """Each headline of a page, its day before it, in words."""
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", markup(app), re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]*>", "", text)).split()) for text in found]


def headline(app: AppTest) -> str:
    """The headline of a page, which has one."""
    (found,) = headlines(app)
    return found


def markup(app: AppTest) -> str:
    """The HTML of a page that is the dashboard's own: words around pictures and cards, as it is sent to a browser."""
    bodies = (element.proto.body for element in app.get("html"))
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


def told_in(app: AppTest, column: str) -> list[str]:
    """The cells of a column of the tables of sentences on a page, such as problems."""
    cells = re.findall(rf'<td data-column="{column}">(.*?)</td>', markup(app), re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]*>", "", cell)).split()) for cell in cells]


def figure(app: AppTest, number: int = 0) -> dict[str, Any]:
    """A drawing of a page, as it is sent to a browser."""
    drawn: dict[str, Any] = json.loads(app.get("plotly_chart")[number].proto.spec)
    return drawn
