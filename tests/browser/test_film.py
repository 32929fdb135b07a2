"""The map through time as a file: what is drawn, in which colours and shapes, and what is refused."""

import datetime as dt
import html
import io
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from choreographer.browsers.chromium import Chromium
from PIL import Image, ImageChops

from components.figures.theme import ACCENT, PAPER, SEA, Look
from components.publish.browser import renderer
from components.publish.encoding import COLOURS, SMALLER, TICKS, as_gif
from components.publish.film import main
from components.publish.film_frames import SHAPES, Film, a_film
from components.record.model import Record
from components.record.vocabulary import STANCES
from components.summaries.film_days import film_days
from tests.conftest import SMALL

SHORT = ["--data", str(SMALL), "--seconds", "10"]
NAME = "small-tracker-film-2020-01-01-2020-12-31"
FRAMES = 15
KINDS = [(shape, image_format) for shape in SHAPES for image_format in ("gif", "mp4")]
FIRST, TURN, LAST = dt.date(2021, 8, 15), dt.date(2025, 7, 3), dt.date(2026, 6, 30)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short film of the small record in both formats and shapes."""
    out = tmp_path_factory.mktemp("film")
    assert main([*SHORT, "--format", "gif", "mp4", "--shape", *SHAPES, "--out", str(out)]) == 0
    return out


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def colours(image: Image.Image) -> dict[object, int]:
    return {colour: number for number, colour in image.convert("RGB").getcolors(maxcolors=1 << 24) or []}


def gif_frames(content: bytes | Path) -> list[Image.Image]:
    film: Any
    with Image.open(io.BytesIO(content) if isinstance(content, bytes) else content) as film:
        frames = []
        for number in range(film.n_frames):
            film.seek(number)
            frames.append(film.convert("RGB"))
        return frames


def test_every_kind_of_film_is_a_file_of_its_own(written: Path) -> None:
    there = sorted(path.name for path in written.iterdir())
    assert there == sorted(f"{NAME}-{shape}-light.{image_format}" for shape, image_format in KINDS)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_gif_has_a_frame_for_each_day_and_takes_its_time(written: Path, shape: str) -> None:
    film: Any
    with Image.open(written / f"{NAME}-{shape}-light.gif") as film:
        assert film.format == "GIF"
        assert film.size == (SHAPES[shape].width // SMALLER, SHAPES[shape].height // SMALLER)
        assert film.info["loop"] == 0
        assert b"Small Tracker" in film.info["comment"]
        times = []
        for number in range(film.n_frames):
            film.seek(number)
            times.append(film.info["duration"])
    assert len(times) == FRAMES
    assert sum(times) == 10_000
    assert times[-1] >= 3 * min(times)


def test_the_colours_of_the_map_stay_and_do_not_flicker(written: Path) -> None:
    first, *_, last = gif_frames(written / f"{NAME}-wide-light.gif")
    for frame in (first, last):
        seen = colours(frame)
        assert max(seen, key=lambda colour: seen[colour]) == rgb(PAPER.light)
        assert rgb(SEA.light) in seen
        assert rgb(STANCES["opposed"].colour) in seen  # of its key
    everywhere = set().union(*(colours(frame) for frame in (first, last)))
    assert len(everywhere) <= COLOURS


def test_the_bar_moves_from_one_end_to_the_other(written: Path) -> None:
    accent = rgb(ACCENT.light)
    marks = [colours(frame).get(accent, 0) for frame in gif_frames(written / f"{NAME}-wide-light.gif")]
    assert marks == sorted(marks)
    assert marks[0] == 0 and marks[-1] > 10 * marks[1] > 0


def test_a_film_is_small(written: Path) -> None:
    for path in written.iterdir():
        assert path.stat().st_size < 40_000 * FRAMES


@pytest.mark.parametrize("shape", SHAPES)
def test_an_mp4_has_its_shape_length_and_colours(written: Path, shape: str) -> None:
    with av.open(str(written / f"{NAME}-{shape}-light.mp4")) as film:
        stream = film.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (stream.width, stream.height) == (SHAPES[shape].width, SHAPES[shape].height)
        assert stream.duration and stream.time_base
        assert stream.duration * stream.time_base == 10
        assert "Small Tracker" in film.metadata["title"]
        images = [frame.to_image() for frame in film.decode(video=0)]  # type: ignore[no-untyped-call,unused-ignore]
    assert len(images) == 10 * TICKS
    paper = images[-1].getpixel((2, 2))
    assert isinstance(paper, tuple)
    assert max(abs(part - 255) for part in paper) <= 4


def test_an_mp4_can_be_played_before_all_of_it_is_there(written: Path) -> None:
    content = (written / f"{NAME}-wide-light.mp4").read_bytes()
    assert 0 < content.index(b"moov") < content.index(b"mdat")


def frames_of(film: Film) -> list[Image.Image]:
    """The frames as they are drawn, in the order of their days."""
    drawn: dict[int, bytes] = {}
    with renderer(2) as browser:
        browser.draw_each(film.orders(), drawn.__setitem__)
    return [Image.open(io.BytesIO(drawn[number])).convert("RGB") for number in sorted(drawn)]


def words(film: Film, part: str) -> list[str]:
    """A part of the words of each frame, without its markup."""
    told = [order.picture.words(part) for _, order in film.orders()]
    return [" ".join(html.unescape(re.sub("<[^>]*>", " ", text)).split()) for text in told]


def test_a_day_is_said_and_what_is_around_it_is_said_on_all(shipped: Record) -> None:
    film = a_film(shipped, [FIRST, TURN, LAST], "wide", "dark")
    (heading,) = set(words(film, "headed"))
    assert heading.startswith(shipped.tracker.question)
    assert heading.endswith("Stance on recognition, 196 countries, 15 August 2021 to 30 June 2026")
    below = words(film, "foot")
    assert below[0].startswith("15 August 2021 No country recognises the Taliban")
    assert below[-1].startswith("30 June 2026 Only Russia recognises the Taliban")
    (after,) = {text[text.index("2022 2023") :] for text in below}
    for part in ("2022 2023 2024 2025 2026", "Source: ", "publishers", "CC BY 4.0", "record to 30 June 2026"):
        assert part in after


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_around_the_map_stays_where_it_is(shipped: Record, shape: str) -> None:
    """Frames differ in the map, in numbers, in the day, in what happened and along the bar, and nowhere else."""
    for theme in ("light", "dark"):
        first, *others = frames_of(a_film(shipped, [FIRST, TURN, LAST], shape, theme))
        width, height = SHAPES[shape].width, SHAPES[shape].height
        for other in others:
            assert first.size == other.size == (width, height)
            assert first.getpixel((2, 2)) == rgb(Look(theme).of(PAPER))
            difference = ImageChops.difference(first, other).convert("L").point(lambda level: 255 * (level > 8))
            assert difference.getbbox()
            assert not difference.crop((0, 0, width, SHAPES[shape].margin + 150)).getbbox()  # title and measure
            assert not difference.crop((0, height - SHAPES[shape].margin - 60, width, height)).getbbox()  # the foot


@pytest.mark.parametrize("shape", SHAPES)
def test_the_map_has_room_and_nothing_is_cut_even_of_long_words(small: Record, shape: str) -> None:
    """Of a record whose question has 294 signs and whose countries have names of a sentence."""
    names = [f"The Very Long Named Republic of the Peoples of {name}" for name in small.actors["name"]]
    tracker = replace(small.tracker, question=("Who recognises the council of Subland, and why? " * 7)[:294])
    record = replace(small, tracker=tracker, actors=small.actors.assign(name=names))
    (frame,) = frames_of(a_film(record, [dt.date(2020, 6, 1)], shape, "light"))
    edge = SHAPES[shape].margin - 4
    sides = [(0, 0, edge, frame.height), (frame.width - edge, 0, frame.width, frame.height)]
    ends = [(0, 0, frame.width, edge), (0, frame.height - edge, frame.width, frame.height)]
    for box in (*sides, *ends):
        assert set(colours(frame.crop(box))) == {rgb(PAPER.light)}
    assert colours(frame)[rgb(SEA.light)] > frame.width * frame.height / 10
    accent = (np.asarray(frame) == rgb(ACCENT.light)).all(axis=2).sum(axis=1)
    bar = frame.width - 2 * SHAPES[shape].margin
    assert accent.max() > bar - 4  # nothing lies upon it


def test_a_legend_counts_on_the_day(small: Record) -> None:
    legends = words(a_film(small, [dt.date(2020, 1, 1), dt.date(2020, 3, 31)], "wide", "light"), "row")
    assert "Opposed 0" in legends[0]
    assert "Not coded 3" in legends[0]
    assert "Engaging 1" in legends[1]
    assert len({re.sub(r"\d+", "", legend) for legend in legends}) == 1  # no key comes, goes or moves


def as_png(image: Image.Image) -> bytes:
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def test_one_palette_holds_the_colours_of_every_frame() -> None:
    images = [Image.new("RGB", (20, 20), colour) for colour in ("#004488", "#DDAA33", "#BB5566")]
    frames = gif_frames(as_gif([as_png(image) for image in images], [1, 1, 4], "Colours"))
    assert [frame.getpixel((3, 3)) for frame in frames] == [image.getpixel((3, 3)) for image in images]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--from", "2019-01-01"], "--from 2019-01-01 --to 2020-12-31 is not in the record"),
        (["--from", "2020-06-01", "--to", "2020-05-01"], "choose days in order from 2020-01-01 to 2020-12-31"),
    ],
)
def test_days_that_cannot_be_are_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: Sequence[str], message: str
) -> None:
    assert main([*SHORT, *arguments, "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()


NO_LENGTH = "is no number of seconds: choose from 10 to 600"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--from", "soon"], "“soon” is not a day: write it as YYYY-MM-DD"),
        (["--format", "png"], "invalid choice: 'png'"),
        (["--shape", "round"], "invalid choice: 'round'"),
        *(
            (["--seconds", text], f"“{text}” {NO_LENGTH}")
            for text in ("inf", "nan", "1e9", "0", "9", "601", "9" * 5000)
        ),
    ],
)
def test_a_wrong_option_is_named(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert message in capsys.readouterr().err


def test_without_chromium_it_says_so_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(Chromium, "find_browser", lambda **_: None)
    assert main([*SHORT, "--out", str(tmp_path)]) == 2
    assert "install it (Debian and Ubuntu: apt-get install chromium)" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_without_the_library_of_videos_it_says_so_before_it_draws(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    assert main([*SHORT, "--format", "mp4", "--out", str(tmp_path)]) == 2
    assert "This needs the package av" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_days_of_the_record_begin_and_end_it(small: Record) -> None:
    assert len(film_days(small, small.tracker.start, small.tracker.data_until)) == FRAMES
