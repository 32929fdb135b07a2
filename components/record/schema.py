"""Which tables and columns a data folder has; the check, the loader and the codebook are all made from this.

Belongs here: names, kinds and meanings of columns.
Does not belong here: reading, checking, or the words of the closed lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from components.record import vocabulary as words
from components.record.words import Words

Kind = Literal["id", "text", "code", "codes", "date", "number", "decimal", "reference", "references", "url"]

LIST_SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what its cells look like, whether a blank is allowed, and what it means.

    `terms` is the closed list of a code column, `refers_to` the table whose ids a reference column uses. An `extra`
    column may be missing from a file, as if all its cells were blank, or were what it is `made_of`, joined by hyphens.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = True
    terms: words.Terms = field(default_factory=dict)
    refers_to: str = ""
    extra: bool = False
    made_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file: its name without `.csv`, what a row is, and its columns in order; the first is the key.

    An `optional` table may be missing from a folder, as if it had no rows.
    """

    name: str
    row_is: str
    columns: tuple[Column, ...]
    optional: bool = False

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.csv"

    @property
    def key(self) -> str:
        """The column whose cells are unique."""
        return self.columns[0].name

    @property
    def column_names(self) -> list[str]:
        """The header row."""
        return [column.name for column in self.columns]

    def columns_of(self, *kinds: Kind) -> list[Column]:
        """The columns of these kinds."""
        return [column for column in self.columns if column.kind in kinds]


_SOURCES = Column("source_ids", "references", "Keys of sources.csv, separated by `;`.", refers_to="sources")
_CONFIDENCE = Column("confidence", "code", "How well the row is sourced.", terms=words.CONFIDENCES)
_SUMMARY = Column("summary", "text", "What happened or is held, in one sentence in our own words.")
_CHECKED_ON = Column("checked_on", "date", "When someone last verified that the row still holds.")

ACTORS = Table(
    "actors",
    "one actor that can take a stance, hold a lever or hold or give money",
    (
        Column("actor_id", "id", "ISO 3166-1 alpha-3 (`XKX` for Kosovo), or a short acronym for a body."),
        Column("name", "text", "Common English name; no other actor has it as its name or alias."),
        Column("kind", "code", "Only countries have a shape on the map.", terms=words.ACTOR_KINDS),
        Column("region", "code", "Where it lies.", terms=words.REGIONS),
        Column(
            "blocs",
            "codes",
            "Blocs it belongs to, from `[blocs]` in tracker.toml, separated by `;`.",
            required=False,
        ),
        Column("aliases", "text", "Other names that people type, separated by `;`.", required=False),
    ),
)

STANCES = Table(
    "stances",
    "one dated, sourced judgement; it holds from its date until the actor's next row",
    (
        Column("id", "id", "`ACTOR-DATE`, with a letter after it where one day has two; never reused."),
        Column("actor_id", "reference", "Whose stance it is.", refers_to="actors"),
        Column("date", "date", "The day on which the act or statement happened."),
        Column("act", "code", "What kind of act it was.", terms=words.ACTS),
        Column("stance", "code", "The stance after it.", terms=words.STANCES),
        Column("recognition_level", "code", "The highest observable act that then holds.", terms=words.LEVELS),
        Column(
            "envoy_received",
            "code",
            "Which envoy of the authorities it has accepted; blank where that was not researched.",
            required=False,
            terms=words.ENVOYS,
            extra=True,
        ),
        Column(
            "envoy_sent",
            "code",
            "Which envoy of its own it keeps with them; blank where that was not researched.",
            required=False,
            terms=words.ENVOYS,
            extra=True,
        ),
        _SUMMARY,
        Column(
            "condition",
            "codes",
            "What the actor says recognition would take, if it said so, separated by `;`.",
            required=False,
            terms=words.CONDITIONS,
        ),
        _SOURCES,
        _CONFIDENCE,
        Column("coded_on", "date", "When the row was coded."),
        _CHECKED_ON,
        Column("change", "code", "Why the row was added.", terms=words.CHANGES),
    ),
)

LEVERS = Table(
    "levers",
    "one thing an actor holds or does that pushes one way, from when to when",
    (
        Column("id", "id", "`ACTOR-LEVER-FROM`, with a letter after it where needed; never reused."),
        Column("actor_id", "reference", "Who holds it.", refers_to="actors"),
        Column("lever", "code", "What is held.", terms=words.LEVERS),
        Column("direction", "code", "Which way it pushes.", terms=words.DIRECTIONS),
        _SUMMARY,
        Column("from", "date", "First day on which it is held."),
        Column("until", "date", "First day on which it is no longer held; blank while it is.", required=False),
        _SOURCES,
        _CONFIDENCE,
        _CHECKED_ON,
    ),
)

FUNDS = Table(
    "funds",
    "one stage of one sum of money",
    (
        Column("id", "id", "`ACTOR-STATUS-DATE`, with a letter after it where needed; never reused."),
        Column("actor_id", "reference", "Who holds or gives it.", refers_to="actors"),
        Column("owner", "reference", "Whose money it is.", refers_to="actors"),
        Column("status", "code", "The stage: a stock, a flow or a plan.", terms=words.STATUSES),
        Column("amount", "number", "In the original currency, in whole units.", required=False),
        Column("currency", "text", "ISO 4217 code of `amount`, `low` and `high`.", required=False),
        Column("low", "number", "Lowest figure that a source gives, in `currency`.", required=False, extra=True),
        Column("high", "number", "Highest figure that a source gives, in `currency`.", required=False, extra=True),
        Column(
            "amount_usd",
            "number",
            "In US dollars, as stated by a source; never at a silent rate.",
            required=False,
            extra=True,
        ),
        Column("low_usd", "number", "Lowest figure that a source gives, in US dollars.", required=False, extra=True),
        Column("high_usd", "number", "Highest figure that a source gives, in US dollars.", required=False, extra=True),
        Column("date", "date", "A stock holds from this day; a flow or plan happened on it."),
        Column(
            "until",
            "date",
            "First day on which a stock no longer holds; blank while it does.",
            required=False,
        ),
        Column("part_of", "reference", "The row inside which this money lies.", required=False, refers_to="funds"),
        Column(
            "supersedes",
            "reference",
            "An earlier reading of the same thing.",
            required=False,
            refers_to="funds",
        ),
        Column("covers", "code", "For whom it is meant.", required=False, terms=words.COVERS),
        Column("year", "number", "The year that a yearly plan is for; blank for all else.", required=False, extra=True),
        Column("channel", "text", "Through whom it goes, or where it lies.", required=False),
        Column(
            "terms",
            "text",
            "Its terms; of a stock `State: …; release: by whom; condition: …; note: …`.",
            required=False,
        ),
        _SUMMARY,
        _SOURCES,
        _CONFIDENCE,
    ),
)

SOURCES = Table(
    "sources",
    "one page or document that was read",
    (
        Column("id", "id", "`publisher-date-word` in lower case; never reused."),
        Column("title", "text", "Its title."),
        Column("publisher", "text", "Whose text it is."),
        Column("via", "text", "The host or outlet where it was read, if another.", required=False, extra=True),
        Column("date", "date", "When it was published; blank where the page does not say.", required=False),
        Column("url", "url", "Where it was read."),
        Column("archive_url", "url", "An archived copy.", required=False),
        Column("kind", "code", "What kind of publisher it is.", terms=words.SOURCE_KINDS),
        Column("language", "text", "ISO 639-1 code."),
    ),
)

RECONCILIATION = Table(
    "reconciliation",
    "one headline number about the money, and which rows of funds.csv make it",
    (
        Column("id", "id", "A short name for the number; never reused."),
        Column("figure", "text", "The number as it is usually quoted."),
        Column("low", "number", "The lowest figure meant by it, in `currency`.", required=False, extra=True),
        Column("high", "number", "The highest figure meant by it, in `currency`.", required=False, extra=True),
        Column("currency", "text", "ISO 4217 code of `low` and `high`.", required=False, extra=True),
        Column("low_usd", "number", "The lowest figure meant by it, in US dollars.", required=False, extra=True),
        Column("high_usd", "number", "The highest figure meant by it, in US dollars.", required=False, extra=True),
        Column("what", "text", "What it is, in one sentence."),
        Column("includes", "text", "What is inside it, or left out of it, in one sentence."),
        Column(
            "fund_ids",
            "references",
            "The rows of funds.csv that together make it, separated by `;`; blank where it mixes what does not add up.",
            required=False,
            refers_to="funds",
        ),
        Column("wrong_sum", "text", "Which sum with it would be wrong, and why."),
        _SOURCES,
    ),
    optional=True,
)

RATES = Table(
    "rates",
    "what one unit of a currency was worth in a year or month",
    (
        Column("id", "id", "`CURRENCY-DATE`.", extra=True, made_of=("currency", "date")),
        Column("currency", "text", "ISO 4217 code."),
        Column("date", "date", "The year or month of which it is the mean."),
        Column("usd", "decimal", "US dollars for one unit."),
        Column("source_id", "reference", "Who states it: a key of sources.csv.", refers_to="sources"),
    ),
    optional=True,
)

RECODINGS = Table(
    "recodings",
    "one cell that was judged anew: what stood there, what stands there now, and why",
    (
        Column("id", "id", "`ROW-COLUMN-DATE`; never reused."),
        Column("row_id", "id", "The row that it is about; it may have been dropped since."),
        Column("date", "date", "When it was changed."),
        Column("change", "code", "Why: because we were wrong, or because the codebook changed.", terms=words.RECODED),
        Column("column", "text", "Which cell; blank where the whole row was dropped.", required=False),
        Column("old", "text", "What stood there; of a dropped row its summary.", required=False),
        Column("new", "text", "What stands there now.", required=False),
        Column("why", "text", "The reason, in one sentence."),
    ),
    optional=True,
)

TABLES: Mapping[str, Table] = {
    table.name: table for table in (ACTORS, STANCES, LEVERS, FUNDS, RATES, RECONCILIATION, RECODINGS, SOURCES)
}


def tables_of(own: Words) -> Mapping[str, Table]:
    """The tables with the closed lists of one subject."""
    lists = {
        "act": own.acts,
        "stance": own.stances,
        "recognition_level": own.levels,
        "condition": own.conditions,
        "lever": own.levers,
    }
    return {
        table.name: replace(
            table,
            columns=tuple(replace(column, terms=lists.get(column.name, column.terms)) for column in table.columns),
        )
        for table in TABLES.values()
    }


TRACKER_FILE = "tracker.toml"

TRACKER_TEXTS: Mapping[str, str] = {
    "title": "Name of the tracker.",
    "question": "One line: what the record answers, at the head of every page.",
    "object": "Whom the actors recognise or not, as it reads after “recognise”.",
    "subject": "actor_id that is never coded and is drawn as “not applicable”.",
    "start": "First day of the record.",
    "data_until": "Last day up to which the record was researched.",
    "licence": "Licence of the data, as printed in every picture.",
    "citation": "How to cite the record.",
    "repository": "Web address of the record and its code; blank while it has none.",
    "names_and_borders": "The rule for names and borders, as printed beside the map.",
}
TRACKER_MAY_BE_BLANK = {"repository"}
TRACKER_LISTS: Mapping[str, str] = {
    "joint": "actor_ids that stand for several at once; what they give is listed, not drawn.",
}
TRACKER_CURRENCY, TRACKER_POPULATION, TRACKER_OPEN = "currency", "population", "still_open"
NEIGHBOURS = "Neighbours"  # the bloc of those who share a border with the subject, where the tracker names none
TRACKER_RECOGNISES, TRACKER_NEIGHBOURS = "recognises", "neighbours"
TRACKER_OPTIONAL: Mapping[str, str] = {
    TRACKER_RECOGNISES: "Of what recognition is: `government` or `state`; optional: without it of a government.",
    TRACKER_NEIGHBOURS: "The bloc that the “neighbours” view shows; optional: without it `Neighbours`, where "
    "`[blocs]` has it.",
    TRACKER_CURRENCY: "ISO 4217 code of what charts of money are in; optional: without it US dollars where any row of "
    "funds.csv states them, else the currency that most rows state. Sums in others are converted where rates.csv has "
    "the mean of their month or year, and else stand apart in their own.",
    TRACKER_OPEN: "What was not yet known on the last day, a list of sentences; optional.",
    TRACKER_POPULATION: "Inhabitants of the subject, for sums per head: `people`, `year`, `source_id`; optional.",
}
TRACKER_TABLES: Mapping[str, str] = {
    "stances": "The definition of each stance as printed beside the map: one key for each stance code.",
    "blocs": "Each bloc that actors.csv may use, with what it is.",
}
# Closed lists that a subject may state. Each text is `Label: what it means.`, or the label alone; "" stands for what is
# shipped.
TRACKER_WORDS: Mapping[str, str] = {
    "levels": "Other words for codes of `recognition_level`: `Label: what it means.`; optional.",
    "acts": 'The subject’s own list of acts, `code = "Label: what it means."`, or `""` for a shipped code as it '
    "is; optional. Shipped codes stay allowed.",
    "conditions": "The subject’s own list of conditions, in the same form; optional.",
    "levers": "The subject’s own levers, a table for each family such as `[levers.money]`, in the same form; optional. "
    "A family without a table is as shipped.",
    "lever_families": "Families of its own, or other words for shipped ones, in the same form; optional.",
    "money": 'Other names of the charts of money and of plans, `code = "Name"`, of the closed list below; optional.',
}
