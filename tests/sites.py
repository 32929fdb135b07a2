"""Sites for tests: written without a browser, and read again as pages with their elements."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from components.publish import site
from components.record.model import Record

HOME = "https://tracker.example/some/path"


class Stills:
    """Draws nothing, quickly: what a page of the site must know of a drawing is how large it is."""

    def draw_plot(self, _picture: object, theme: str, width: int, height: int = 0) -> str:
        size = f'width="{width}" height="{height or 300}"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path d="M1.234,5.678"/><desc>{theme}</desc></svg>'

    def draw(self, _order: object) -> bytes:
        return b"\x89PNG\r\n\x1a\n"


class Read(HTMLParser):
    """What a page has: its elements with their attributes, their ids, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict[str, str]]:
        """The attributes of each element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> set[str]:
        return {attributes["id"] for _, attributes in self.elements if "id" in attributes}


def written(record: Record, folder: Path, **addresses: Any) -> Path:
    """A site of a record's last day, or of another `day`, in a folder, with drawings that show nothing."""
    day = addresses.pop("day", record.tracker.data_until)
    made = site.site_of(record, day, **addresses)
    site.write_site(made, folder, Stills())  # type: ignore[arg-type]
    return folder


def html_files(folder: Path) -> dict[Path, Read]:
    return {path: Read(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}


def references(page: Read) -> Iterator[tuple[str, str]]:
    """Each address that a page refers to, with the element that does."""
    for tag, attributes in page.elements:
        yield from ((tag, attributes[name]) for name in ("href", "src", "srcset") if name in attributes)


def check_links(folder: Path, home: str = "") -> set[str]:
    """Every address inside the site has a file, and a place on it where it names one; the addresses outside it."""
    pages, outside = html_files(folder), set()
    for path, page in pages.items():
        for tag, address in references(page):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                outside.add(address)
                if home and address.startswith(home):
                    assert target_of(folder, address[len(home) + 1 :]).is_file(), f"{path} refers to {address}"
                else:
                    assert tag == "a" or address == "data:,", f"{path}: {tag} fetches {address}"
                continue
            if home and parts.path.startswith(urlsplit(home).path):
                target = target_of(folder, parts.path[len(urlsplit(home).path) + 1 :])
            else:
                target = path if not parts.path else target_of(path.parent, parts.path)
            assert target.is_file(), f"{path} refers to {address}"
            assert target.is_relative_to(folder)
            if parts.fragment:
                assert unquote(parts.fragment) in pages[target].ids, f"{path} refers to {address}"
    return outside


def target_of(folder: Path, address: str) -> Path:
    """The file that a web server hands out for a relative address."""
    found = (folder / unquote(address)).resolve()
    return found / "index.html" if address.endswith("/") or not address else found
