"""The map through time as a file: which days, for how long, in which colours, and what is refused."""

import datetime as dt
import html
import io
import re
import sys
from pathlib import Path
from typing import Any

import av
import pytest
from choreographer.browsers.chromium import Chromium
from PIL import Image, ImageChops

from components.figures.theme import ACCENT, PAPER, SEA, Look
from components.publish.browser import renderer
from components.publish.encoding import COLOURS, TICKS, as_gif
from components.publish.film import Film, _orders, a_film, film_days, main, shown_for
from components.record.model import Record
from components.record.vocabulary import STANCES
from tests.conftest import SMALL

SHORT = ["--data", str(SMALL), "--step", "change", "--seconds", "2"]
NAME = "film-2020-01-10-2020-12-31"
JANUARY, MARCH = dt.date(2020, 1, 1), dt.date(2020, 3, 31)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short film of the small record in both formats, narrow enough for a phone."""
    out = tmp_path_factory.mktemp("film")
    assert main([*SHORT, "--format", "gif", "mp4", "--width", "391", "--out", str(out)]) == 0
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


def test_a_gif_has_a_frame_for_each_day_and_takes_its_time(written: Path) -> None:
    film: Any
    with Image.open(written / f"{NAME}.gif") as film:
        assert film.format == "GIF"
        assert film.width == 390
        assert film.height % 2 == 0
        assert film.info["loop"] == 0
        times = []
        for number in range(film.n_frames):
            film.seek(number)
            times.append(film.info["duration"])
    assert len(times) == 5
    assert sum(times) == 2000
    assert len(set(times[:-1])) == 1
    assert times[-1] >= 3 * times[0]


def test_the_colours_are_those_of_the_stances_and_do_not_flicker(written: Path) -> None:
    first, *_, last = gif_frames(written / f"{NAME}.gif")
    assert rgb(STANCES["opposed"].colour) in colours(first)
    for frame in (first, last):
        seen = colours(frame)
        assert max(seen, key=lambda colour: seen[colour]) == rgb(PAPER.light)
        assert rgb(SEA.light) in seen
    everywhere = set().union(*(colours(frame) for frame in (first, last)))
    assert len(everywhere) <= COLOURS


def test_the_bar_moves_from_one_end_to_the_other(written: Path) -> None:
    accent = rgb(ACCENT.light)
    marks = [colours(frame).get(accent, 0) for frame in gif_frames(written / f"{NAME}.gif")]
    assert marks == sorted(marks)
    assert marks[-1] > 3 * marks[0]


def test_a_film_is_small(written: Path) -> None:
    for path in written.iterdir():
        assert path.stat().st_size < 40_000 * 5


def test_an_mp4_is_as_long_as_the_gif_and_of_the_same_colours(written: Path) -> None:
    with av.open(str(written / f"{NAME}.mp4")) as film:
        stream = film.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert (stream.width, stream.height) == gif_frames(written / f"{NAME}.gif")[0].size
        assert stream.duration and stream.time_base
        assert stream.duration * stream.time_base == 2
        images = [frame.to_image() for frame in film.decode(video=0)]  # type: ignore[no-untyped-call,unused-ignore]
    assert len(images) == 2 * TICKS
    paper = images[-1].getpixel((2, 2))
    assert isinstance(paper, tuple)
    assert max(abs(part - 255) for part in paper) <= 4


def test_an_mp4_can_be_played_before_all_of_it_is_there(written: Path) -> None:
    content = (written / f"{NAME}.mp4").read_bytes()
    assert 0 < content.index(b"moov") < content.index(b"mdat")


def test_no_part_of_a_file_is_left(written: Path) -> None:
    assert sorted(path.name for path in written.iterdir()) == [f"{NAME}.gif", f"{NAME}.mp4"]


def frames_of(film: Film) -> list[Image.Image]:
    """The frames as they are drawn, in the order of their days."""
    drawn: dict[dt.date, bytes] = {}
    with renderer(2) as browser:
        browser.draw_each(_orders(film), drawn.__setitem__)
    return [Image.open(io.BytesIO(drawn[day])).convert("RGB") for day in film.days]


def words(film: Film, part: str) -> list[str]:
    """A part of the words of each frame, without its markup."""
    told = [order.picture.words(part) for _, order in _orders(film)]
    return [" ".join(html.unescape(re.sub("<[^>]*>", " ", text)).split()) for text in told]


def test_a_day_is_said_and_what_is_around_it_is_said_on_all(shipped: Record) -> None:
    days = film_days(shipped, shipped.tracker.start, shipped.tracker.data_until, "quarter", with_first=True)
    film = a_film(shipped, days, "dark", 900)
    (heading,) = set(words(film, "heading"))
    assert "15 August 2021 to 30 June 2026" in heading
    assert "Stance on recognition, 196 countries" in heading
    below = words(film, "below")
    assert below[0].startswith("15 August 2021 ") and below[-1].startswith("30 June 2026 ")
    (after,) = {text[text.index("2022 2023") :] for text in below}
    for part in ("2022 2023 2024 2025 2026", "Sources: ", "CC BY 4.0"):
        assert part in after


def test_what_is_around_the_map_stays_where_it_is(shipped: Record) -> None:
    """The first and the last frame differ in the map, in numbers, in the day and along the bar, and nowhere else."""
    for theme in ("light", "dark"):
        film = a_film(shipped, [shipped.tracker.start, shipped.tracker.data_until], theme, 640)
        first, last = frames_of(film)
        assert first.size == last.size
        assert first.getpixel((2, 2)) == rgb(Look(theme).of(PAPER))
        changed = ImageChops.difference(first, last).convert("L").point(lambda level: 255 * (level > 8)).getbbox()
        heading = ImageChops.difference(first, last).crop((0, 0, first.width, 60)).getbbox()
        assert changed and not heading
        assert changed[3] < first.height - 40  # the years and the sources are below


def test_a_legend_counts_on_the_day(small: Record) -> None:
    legends = words(a_film(small, [JANUARY, MARCH], "light", 900), "legend")
    assert "Opposed 0" in legends[0]
    assert "Not coded 3" in legends[0]
    assert "Engaging 1" in legends[1]
    assert len({re.sub(r"\d+", "", legend) for legend in legends}) == 1  # no key comes, goes or moves


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("month", ["2020-01-31", "2020-02-29", "2020-03-31", "2020-04-15"]),
        ("quarter", ["2020-03-31", "2020-04-15"]),
        ("change", ["2020-01-10", "2020-02-01", "2020-03-01", "2020-04-15"]),
    ],
)
def test_which_days_a_film_has(small: Record, step: str, expected: list[str]) -> None:
    days = film_days(small, JANUARY, dt.date(2020, 4, 15), step, with_first=False)
    assert [day.isoformat() for day in days] == expected
    assert film_days(small, JANUARY, dt.date(2020, 4, 15), step, with_first=True) == [JANUARY, *days]


def test_a_film_of_one_day_is_a_picture(small: Record) -> None:
    days = film_days(small, MARCH, MARCH, "month", with_first=True)
    assert days == [MARCH]
    assert shown_for(1, 3) == [75]
    (frame,) = frames_of(a_film(small, days, "light", 320))
    assert frame.width == 320


def test_times_add_up() -> None:
    for frames, seconds in ((59, 16.0), (2, 1.0), (400, 20.0)):
        ticks = shown_for(frames, seconds)
        assert len(ticks) == frames
        assert sum(ticks) == round(seconds * TICKS)
        assert min(ticks) >= 1
    with pytest.raises(ValueError, match="59 frames need 3 seconds: choose --seconds 3 or more"):
        shown_for(59, 1)
    assert shown_for(59, 3)


def test_one_palette_holds_the_colours_of_every_frame() -> None:
    images = [Image.new("RGB", (20, 20), colour) for colour in ("#004488", "#DDAA33", "#BB5566")]
    frames = gif_frames(as_gif(images, [1, 1, 4]))
    assert [frame.getpixel((3, 3)) for frame in frames] == [image.getpixel((3, 3)) for image in images]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--from", "2019-01-01"], "--from 2019-01-01 --to 2020-12-31 is not in the record"),
        (["--from", "2020-06-01", "--to", "2020-05-01"], "choose days in order from 2020-01-01 to 2020-12-31"),
        (["--seconds", "0.1"], "5 frames need 1 second:"),
    ],
)
def test_days_and_times_that_cannot_be_are_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], message: str
) -> None:
    assert main([*SHORT, *arguments, "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--from", "soon"], "“soon” is not a day: write it as YYYY-MM-DD"),
        (["--width", "20"], "“20” is no width: choose from 320 to 1920 pixels"),
        (["--step", "week"], "invalid choice: 'week'"),
        (["--format", "png"], "invalid choice: 'png'"),
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
