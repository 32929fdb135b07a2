"""What colours a map: modes, classes and their colours, on the small record and on the shipped one."""

import datetime as dt
from typing import Any

import numpy as np
import pytest

from components.figures.classes import paint_of
from components.figures.figure import Options
from components.figures.stance_map import StanceMap
from components.figures.theme import LAND, STANCE_PAINTS, Look, Paint, Theme, ink_on
from components.record.model import Record
from components.record.reading import read
from components.record.vocabulary import LEVELS, STANCES
from components.summaries.colouring import (
    EXPECTED,
    JOINT_SHADES,
    RECOGNISES,
    class_counts,
    colouring,
    mode_title,
    modes,
    rows_behind,
    say_do,
    shades_of,
    unmuted,
)
from tests.conftest import Change

JUNE = dt.date(2020, 6, 1)
END = dt.date(2020, 12, 31)
REST = {"CCC": "not_coded", "SUB": "not_applicable"}
ON_SMALL = {
    "stance": {"AAA": "recognition", "BBB": "none"},
    "level": {"AAA": "recognition", "BBB": "none"},
    "gap": {"AAA": "in_line", "BBB": "in_line"},
    "freshness": {"AAA": "ageing", "BBB": "ageing"},
    "lever:aid": {"AAA": "incentive", "BBB": "none"},
    "lever:reserves": {"AAA": "none", "BBB": "none"},
}


def lightness(colour: str) -> float:
    """L* of CIELAB, 0 to 100: how light a colour is in grey."""
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ [0.2126, 0.7152, 0.0722])
    return 116 * luminance ** (1 / 3) - 16 if luminance > 216 / 24389 else luminance * 24389 / 27


# How colours look to those who lack one kind of cone (Machado and others, 2009), by the share of red, green and blue.
SEEN = {
    "by most": np.eye(3),
    "without red": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "without green": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "without blue": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
TO_XYZ = np.array([[0.4125, 0.3576, 0.1804], [0.2127, 0.7152, 0.0722], [0.0193, 0.1192, 0.9503]])


def lab(colour: str, seen: str) -> np.ndarray[Any, Any]:
    """A colour in CIELAB as it is seen."""
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    shares = TO_XYZ @ np.clip(SEEN[seen] @ linear, 0, 1) / TO_XYZ.sum(axis=1)
    x, y, z = np.where(shares > 216 / 24389, np.cbrt(shares), (shares * 24389 / 27 + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def hue(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "green" if green == max(red, green, blue) else "other"


def test_modes_are_the_four_and_the_levers_of_the_record(small: Record) -> None:
    assert list(modes(small)) == ["stance", "level", "gap", "freshness", "lever:reserves", "lever:aid"]
    assert set(modes(small)) == set(ON_SMALL)
    assert mode_title(small, "lever:aid") == "Lever: Aid"
    for wrong in ("lever:veto", "mood", ""):
        with pytest.raises(KeyError):
            colouring(small, END, wrong)


@pytest.mark.parametrize("mode", list(ON_SMALL))
def test_every_mode_classes_the_small_record(small: Record, mode: str) -> None:
    coloured = colouring(small, END, mode)
    assert coloured.frame["class"].to_dict() == {**ON_SMALL[mode], **REST}


def test_a_lever_presses_then_pulls_then_ends(change: Change) -> None:
    change("levers", "AAA-aid-2020-01-10", "until", "2020-07-01")
    record = read(change("levers", "AAA-aid-2020-06-01", "until", "2020-08-01"))
    days = {"2020-01-09": "not_coded", "2020-01-10": "pressure", "2020-06-01": "both", "2020-07-01": "incentive"}
    for day, code in {**days, "2020-08-01": "ended"}.items():
        assert colouring(record, dt.date.fromisoformat(day), "lever:aid").frame.at["AAA", "class"] == code


def test_freshness_counts_from_the_latest_row(small: Record) -> None:
    for day, code in {
        "2020-11-30": "fresh",
        "2020-12-01": "ageing",
        "2021-11-30": "ageing",
        "2021-12-01": "stale",
    }.items():
        assert colouring(small, dt.date.fromisoformat(day), "freshness").frame.at["AAA", "class"] == code


@pytest.mark.parametrize(
    ("stance", "level", "code"),
    [
        ("supportive", "presence", "says_more"),
        ("supportive", "charge", "in_line"),
        ("supportive", "recognition", "in_line"),
        ("engaging", "none", "says_more"),
        ("engaging", "contact", "in_line"),
        ("engaging", "ambassador", "does_more"),
        ("opposed", "none", "in_line"),
        ("opposed", "contact", "in_line"),
        ("opposed", "presence", "does_more"),
        ("none", "contact", "does_more"),
    ],
)
def test_words_are_held_against_acts(stance: str, level: str, code: str) -> None:
    assert say_do(stance, level) == code


def test_the_gap_speaks_of_every_stance_and_only_of_coded_countries(shipped: Record) -> None:
    assert set(EXPECTED) == set(STANCES)
    coloured = colouring(shipped, shipped.tracker.data_until, "gap").frame
    assert (coloured["class"] == "not_coded").equals(coloured["stance"] == "not_coded")


def test_classes_are_complete_and_counts_leave_the_muted_out(small: Record) -> None:
    coloured = colouring(small, JUNE, "level")
    had = ["none", "contact", "recognition", "not_coded", "not_applicable"]  # contact on another day
    assert [shade.code for shade in coloured.classes] == had
    counts = dict.fromkeys(had, 0)
    assert class_counts(coloured) == {**counts, "none": 1, "recognition": 1, "not_coded": 1, "not_applicable": 1}
    assert class_counts(coloured, {"AAA", "SUB"}) == {**counts, "none": 1, "not_coded": 1, "not_applicable": 1}
    assert set(unmuted(coloured, ["AAA", "SUB"]).index) == {"SUB", "BBB", "CCC"}


def test_a_mode_names_the_rows_it_rests_on(small: Record) -> None:
    assert list(rows_behind(small, END, "lever:aid")["id"]) == ["AAA-aid-2020-01-10", "AAA-aid-2020-06-01"]
    assert set(rows_behind(small, END, "gap")["id"]) == {"AAA-2020-06-01b", "BBB-2020-02-01"}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("mode", ["level", "gap", "freshness", "lever:aid"])
def test_classes_differ_in_grey_and_borrow_no_stance_colour(mode: str, theme: Theme) -> None:
    look = Look(theme)
    colours = {shade.code: look.of(paint_of(shade)) for shade in shades_of(mode)}
    steps = np.diff(sorted(lightness(colour) for colour in colours.values()))
    assert steps.min() > 6
    own = {colour for code, colour in colours.items() if code not in {"not_coded", "not_applicable"}}
    assert own.isdisjoint({look.of(STANCE_PAINTS[code]) for code in STANCES})
    if mode == "level":
        ladder = [lightness(colours[code]) for code in LEVELS]
        assert ladder == sorted(ladder, reverse=theme == "light")
        assert {hue(colours[code]) for code in LEVELS} == {"green"}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("seen", list(SEEN))
def test_who_withdrew_has_a_colour_apart_from_all_classes_of_stances(theme: Theme, seen: str) -> None:
    look, joint = Look(theme), [Paint(shade.colour, shade.dark) for shade in JOINT_SHADES.values()]
    own, others = STANCE_PAINTS["withdrew"], [paint for code, paint in STANCE_PAINTS.items() if code != "withdrew"]
    recognises = Paint(RECOGNISES.colour, RECOGNISES.dark)
    for other in (*others, *joint, recognises, LAND):
        assert np.linalg.norm(lab(look.of(own), seen) - lab(look.of(other), seen)) > 20, other
        assert abs(lightness(look.of(own)) - lightness(look.of(other))) > 4, other


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_ink_can_be_read_on_every_colour(shipped: Record, theme: Theme) -> None:
    for mode in modes(shipped):
        for colour in StanceMap.build(shipped, END, Options(colour=mode)).fills(Look(theme)).values():
            light, dark = sorted((lightness(colour), lightness(ink_on(colour))), reverse=True)
            assert light - dark > 39, (mode, colour)
