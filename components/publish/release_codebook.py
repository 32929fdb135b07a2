"""The codebook of a release as a page to print: the one in the record's folder, else what the schema says.

Does not belong here: what the schema says (record.codebook), and printing (browser).
"""

from markdown_it import MarkdownIt
from markupsafe import Markup

from components.figures.theme import PAPER, QUIET, Look
from components.publish.colours import colours
from components.publish.fonts import FILES, font_face
from components.publish.release_citation import Work
from components.publish.templates import render, styles
from components.record.codebook import codebook, own_codebook
from components.record.model import Record

POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"


def codebook_page(record: Record, work: Work) -> str:
    """A self-contained HTML page. Markup in the codebook's text is shown as text, and links lead to the web alone."""
    look = Look("light")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    return render(
        "release_codebook.html",
        policy=POLICY,
        scheme="light",
        title=f"{record.tracker.title}: codebook",
        description=record.tracker.question,
        style="".join(map(font_face, FILES)) + colours("light") + styles("release_codebook.css"),
        paper=look.of(PAPER),
        quiet=look.of(QUIET),
        work=work,
        content=Markup(markdown.render(_text(record))),  # noqa: S704 - the library escapes what is not its own markup
    )


def _text(record: Record) -> str:
    """The codebook without the marks of its generated part."""
    text = own_codebook(record)
    if not text:
        stances = "\n".join(f"- **{term.label}**: {term.definition}" for term in record.words.stances.values())
        blocs = "\n".join(f"- **{name}**: {what}" for name, what in record.tracker.blocs.items())
        parts = (
            "# Codebook",
            "## Stances",
            stances,
            "## Blocs",
            blocs,
            "## Tables and closed lists",
            codebook(record.words),
        )
        return "\n\n".join(part for part in parts if part)
    return "\n".join(line for line in text.splitlines() if not line.startswith("<!--"))
