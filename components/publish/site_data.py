"""The page of the data: every table to take away, what its words mean, and how to cite it."""

import pandas as pd

from components.publish import bundle
from components.publish.site_page import Files, Page, Site
from components.record.codebook import LISTS
from components.record.model import Record
from components.record.schema import TABLES
from components.record.vocabulary import STANCE_TREE, STANCES
from components.record.wording import counted, day_in_words


def data_files(record: Record) -> dict[str, str]:
    """The files of the whole record by their name, each with what it holds, in words."""
    files = {
        table.file: f"{counted(len(record.table(table.name)), 'row')}; one row is {table.row_is}"
        for table in TABLES.values()
    }
    stem = bundle.stem(record)
    files[f"{stem}.zip"] = "all tables with datapackage.json; unpacked it is a data folder"
    if bundle.can_write_workbook():
        files[f"{stem}.xlsx"] = "all tables in one workbook, with a sheet that explains them"
    return files


def data_page(site: Site) -> Files:
    """The files, the definitions and the codebook."""
    record = site.record
    sizes = ", ".join(counted(len(record.table(name)), name.removesuffix("s")) for name in TABLES if name != "funds")
    heading = (
        f"The whole record: {sizes} and {counted(len(record.funds), 'sum')} of money, "
        f"until {day_in_words(record.tracker.data_until)}"
    )
    page = Page(site, "data.html", heading, site.live_at("data"))
    return page.written("site_data.html", files=data_files(record), codebook={**_tree(), **_columns(), **_lists()})


def _tree() -> dict[str, pd.DataFrame]:
    """By which rule a stance is chosen."""
    steps = [(STANCES[code].label, rule) for code, rule in STANCE_TREE.items()]
    return {"Which stance: the first that applies": pd.DataFrame(steps, columns=["Stance", "Rule"])}


def _columns() -> dict[str, pd.DataFrame]:
    """What each column of each table means."""
    return {
        table.file: pd.DataFrame([(c.name, c.meaning) for c in table.columns], columns=["Column", "Meaning"])
        for table in TABLES.values()
    }


def _lists() -> dict[str, pd.DataFrame]:
    """What each code of each closed list means."""
    return {
        f"Codes of {name}": pd.DataFrame(
            [(code, f"{term.label}: {term.definition}") for code, term in terms.items()], columns=["Code", "Meaning"]
        )
        for name, terms in LISTS.items()
    }
