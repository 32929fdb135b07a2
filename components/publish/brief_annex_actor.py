"""The annex of a brief about one actor: all its rows, of history, levers and money, and how its peers stand."""

from collections.abc import Iterable

from components.publish import rows
from components.publish.brief_annex import changes, conditions, method, say
from components.publish.brief_front_actor import NOTHING_HELD
from components.publish.brief_parts import Brief, Part
from components.publish.templates import filled
from components.record.wording import counted
from components.summaries.countries import peers

PICTURES = ()


def parts(brief: Brief) -> Iterable[Part | None]:
    """The parts in order; None for those that have nothing to say."""
    return [make(brief) for make in (_history, _levers, _money, changes, conditions, _peers, method)]


def _history(brief: Brief) -> Part:
    cards = [brief.cards.stance(row) for row in rows.of(rows.stances(brief.record, brief.day, brief.actor_id))]
    finding = f"{counted(len(cards), 'dated row')}, newest first" if cards else NOTHING_HELD.partition(".")[0]
    return Part("history", "History", finding, say("cards", cards, otherwise=NOTHING_HELD))


def _levers(brief: Brief) -> Part:
    known = rows.levers(brief.record, brief.day, brief.actor_id)
    held = int(known["held"].sum())
    cards = [brief.cards.lever(row) for row in rows.of(known)]
    content = say("cards", cards, otherwise="The record has no lever of it by this day.")
    return Part("levers", "Levers", f"{counted(held, 'lever')} held, {len(known) - held} ended", content)


def _money(brief: Brief) -> Part | None:
    cards = [brief.cards.sum(row) for row in rows.of(rows.money(brief.record, brief.day, brief.actor_id))]
    content = say("cards", cards, "What it holds, gave or promised")
    return Part("money", "Money", f"{counted(len(cards), 'row')} of money", content) if cards else None


def _peers(brief: Brief) -> Part | None:
    frame = peers(brief.record, brief.actor_id, brief.day)
    table = frame.rename_axis("Group").reset_index()
    content = filled("table.html", "frame_table", table, "Countries of its region and blocs")
    return Part("peers", "Peers", "How its region and blocs stand", content) if len(frame) else None
