"""The scripts of pages, which lie in `pages/js`."""

from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "js"


def scripts(*names: str) -> str:
    """Scripts by the names of their files, as one."""
    return "\n".join((_FOLDER / name).read_text("utf-8") for name in names)
