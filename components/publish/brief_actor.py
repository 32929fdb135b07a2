"""The parts of a brief about one actor: its history, words against deeds, levers, money and peers."""

from collections.abc import Iterable

from components.figures.theme import STANCE_PAINTS, Look
from components.publish import rows
from components.publish.brief_parts import Brief, Part, Tile, changes, conditions, method, say
from components.publish.templates import filled
from components.record.vocabulary import LEVELS, STANCES
from components.record.wording import agreeing, counted
from components.summaries.countries import peers, say_do_gap
from components.summaries.standing import standings_on

NOTHING_HELD = "No row of the record holds yet. That is neither a stance nor a search without result."


def parts(brief: Brief) -> Iterable[Part | None]:
    """The parts in order; None for those that have nothing to say."""
    return [make(brief) for make in (_standing, _gap, _levers, _money, changes, conditions, _peers, method)]


def tiles(brief: Brief) -> list[Tile]:
    """Where it stands, how many rows say so, and how many levers it holds."""
    record, day, actor_id = brief.record, brief.day, brief.actor_id
    known = len(rows.stances(record, day, actor_id))
    held = int(rows.levers(record, day, actor_id)["held"].sum())
    made = []
    if now := standings_on(record, day).get(actor_id):
        stance, level = STANCES[now.stance.code], LEVELS[now.level.code]
        colour = "" if now.stance.code == "none" else Look(brief.theme).of(STANCE_PAINTS[now.stance.code])
        since = f"level of contact, since {now.level.since_in_words()}"
        made = [
            Tile(f"{stance.symbol} {stance.label}", f"since {now.stance.since_in_words()}", "standing", colour),
            Tile(level.label, since, "standing"),
        ]
    words = agreeing(known, "dated row", "dated rows"), agreeing(held, "lever held", "levers held")
    return [*made, Tile(str(known), words[0], "standing"), Tile(str(held), words[1], "levers")]


def _standing(brief: Brief) -> Part:
    cards = [brief.cards.stance(row) for row in rows.of(rows.stances(brief.record, brief.day, brief.actor_id))]
    finding = f"{counted(len(cards), 'dated row')}, newest first" if cards else NOTHING_HELD.partition(".")[0]
    return Part("standing", "History", finding, say("standing", brief.picture("standing"), cards, NOTHING_HELD))


def _gap(brief: Brief) -> Part | None:
    for now in rows.of(rows.stances(brief.record, brief.day, brief.actor_id))[:1]:
        finding = say_do_gap(now.stance, now.recognition_level).removesuffix(".")
        content = say("gap", now, brief.cards.cited(now.source_ids))
        return Part("gap", "Said against done", finding, content)
    return None


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
