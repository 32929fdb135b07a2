"""Which codes the rows of a record ever have, on whatever day: what none of them has is shown nowhere.

Does not belong here: the lists that codes come from (vocabulary), and what holds on a day (on_day).
"""

from components.record.cache import remembered
from components.record.model import Record
from components.record.vocabulary import Terms


@remembered(most=32)
def used(record: Record, table: str, column: str) -> frozenset[str]:
    """The codes in a column of a table; of actors without those of the subject, which no reader can pick."""
    rows = record.table(table)
    if table == "actors":
        rows = rows.drop(index=record.tracker.subject)
    cells = rows[column]
    return frozenset(code for cell in cells for code in ((cell,) if isinstance(cell, str) else cell) if code)


def in_use(record: Record, terms: Terms, table: str, column: str) -> Terms:
    """Of a closed list the terms whose code stands in a column of a table, in their order."""
    found = used(record, table, column)
    return {code: term for code, term in terms.items() if code in found}
