"""Real images from a real Chromium, and what happens without one."""

import contextlib
import errno
import hashlib
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from choreographer.browsers.chromium import Chromium
from PIL import Image

from components.figures.catalogue import draw_picture
from components.figures.theme import Style
from components.publish import images
from components.publish.charts import IMAGES, main
from components.record.reading import read
from components.record.shapes import load_shapes
from tests.conftest import ROOT
from tests.waiting import until


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every chart of 27 September 2021 in every format, by the command itself."""
    out = tmp_path_factory.mktemp("images")
    done = export("--as-of", "2021-09-27", "--format", "png", "svg", "pdf", "--actors", "PAK", "IND", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert f"{len(IMAGES) * 3} images in" in done.stdout
    assert "100%" in done.stderr
    return out


def export(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "components.export", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", IMAGES)
def test_a_png_has_its_size_and_is_not_blank(written: Path, name: str) -> None:
    with Image.open(written / f"{name}-2021-09-27.png") as image:
        assert image.format == "PNG"
        assert image.width == images.WIDTH * images.PNG_SCALE
        assert image.height >= images.HEIGHT
        assert len(image.convert("RGB").getcolors(maxcolors=1 << 24) or []) > 50


def test_the_map_has_the_stance_colours_where_they_belong(written: Path) -> None:
    with Image.open(written / "map-2021-09-27.png") as image:
        colours = {colour for _, colour in image.convert("RGB").getcolors(maxcolors=1 << 24) or []}
    for stance in ("#004488", "#DDAA33", "#BB5566"):
        assert tuple(bytes.fromhex(stance[1:])) in colours


@pytest.mark.parametrize("name", IMAGES)
def test_an_svg_says_what_of_when_and_from_whom(written: Path, name: str) -> None:
    svg = (written / f"{name}-2021-09-27.svg").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    for words in ("27 September 2021", "Who recognises the Taliban", "Sources: ", "CC BY 4.0"):
        assert words in svg
    assert "@font-face" in svg
    assert not re.search(r"(href|src)=[\"']https?:", svg)


def test_a_pdf_is_one(written: Path) -> None:
    assert (written / "map-2021-09-27.pdf").read_bytes().startswith(b"%PDF-")


def test_the_same_input_is_the_same_svg(written: Path, tmp_path: Path) -> None:
    names = ["map", "pool_flow", "history"]
    done = export(*names, "--as-of", "2021-09-27", "--format", "svg", "--jobs", "3", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    for name in names:
        file = f"{name}-2021-09-27.svg"
        assert (tmp_path / file).read_bytes() == (written / file).read_bytes()


def begun(out: Path, *arguments: str, files: int) -> subprocess.Popen[str]:
    """An export that has written at least so many images and goes on, in a group of processes of its own."""
    command = [sys.executable, "-m", "components.export", "--out", str(out), *arguments]
    started = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    there = lambda: len(list(out.glob("*.png"))) >= files  # noqa: E731
    until(there, lambda: started.poll() is None, lambda: str(started.communicate()))
    return started


def check_whole(out: Path) -> int:
    """How many images there are; each can be opened to its end."""
    images_there = list(out.glob("*.png"))
    for path in images_there:
        with Image.open(path) as image:
            image.load()
    return len(images_there)


def processes_below(pid: int) -> list[int]:
    """The processes that one started, from whichever of its threads, and those that they started."""
    lists = [path.read_text(encoding="utf-8") for path in Path(f"/proc/{pid}/task").glob("*/children")]
    found = [int(child) for children in lists for child in children.split()]
    return [*found, *(below for child in found for below in processes_below(child))]


def test_a_run_that_was_killed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    arguments = ["counts", "crosstab", "stocks", "pledges", "--as-of", "2021-09-27", "--shape", "article", "slide"]
    killed = begun(tmp_path, *arguments, "--jobs", "1", files=3)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    there = check_whole(tmp_path)
    assert 3 <= there < 8
    (tmp_path / "manifest.jsonl").open("a", encoding="utf-8").write('{"file": "half')
    damaged = next(tmp_path.glob("*.png"))
    damaged.write_bytes(damaged.read_bytes()[:-1])
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.png") if path != damaged}
    done = export(*arguments, "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    kept = re.fullmatch(r"(\d) images? in .+, (\d) (?:was|were) there already\n", done.stdout)
    assert kept and int(kept[1]) + int(kept[2]) == 8 and int(kept[2]) >= there - 2
    assert check_whole(tmp_path) == 8
    assert sum(path.stat().st_mtime_ns == when for path, when in before.items()) == int(kept[2])
    again = export(*arguments, "--out", str(tmp_path))
    assert again.stdout.startswith("0 images") and "8 were there already" in again.stdout
    for line in (tmp_path / "manifest.jsonl").read_text(encoding="utf-8").splitlines()[-2:]:
        entry = json.loads(line)
        assert hashlib.sha256((tmp_path / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


def test_chromium_that_ends_midway_is_said(tmp_path: Path) -> None:
    running = begun(tmp_path, "--as-of", "2021-09-27", "--shape", "article", "slide", files=1)
    for pid in processes_below(running.pid):
        comm = Path(f"/proc/{pid}/comm")
        if comm.exists() and "chrom" in comm.read_text(encoding="utf-8"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    _, said = running.communicate()
    assert running.returncode == 2
    assert "Chromium ended or stopped answering before all was drawn: run the same again" in said
    assert "Traceback" not in said
    assert check_whole(tmp_path) >= 1
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EROFS])
def test_a_full_disk_or_a_folder_that_is_only_read_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, fault: int
) -> None:
    def refuse(path: Path, content: bytes) -> None:
        path.open("wb").close()
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert main(["stocks", "--as-of", "2021-09-27", "--out", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert f"stocks-2021-09-27.png could not be written: {os.strerror(fault)}" in said
    assert "Traceback" not in said
    assert not list(tmp_path.iterdir())


def test_no_part_of_a_file_is_left(written: Path) -> None:
    assert not list(written.glob(".*"))


def test_the_page_fonts_are_used(written: Path) -> None:
    with Image.open(written / "map-2021-09-27.png") as image:
        page_font = image.convert("L").crop((0, 0, 1200, 120))
    with images.renderer() as browser:
        record = read()
        day = record.tracker.start.replace(month=9, day=27)
        figure = draw_picture("map", record, day, Style("light", images.CHARACTERS, images.EDGE, load_shapes())).figure
        figure.update_layout(font_family="Liberation Sans")
        for annotation in figure.layout.annotations:
            annotation.font.family = "Liberation Sans"
        other = Image.open(io.BytesIO(browser.draw(figure, "png"))).convert("L").crop((0, 0, 1200, 120))
    assert page_font.tobytes() != other.tobytes()


def test_without_chromium_it_says_so_and_exits_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(Chromium, "find_browser", lambda **_: None)
    assert main(["map", "--out", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "install it (Debian and Ubuntu: apt-get install chromium)" in said
    assert not list(tmp_path.iterdir())


def test_a_day_outside_the_record_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", "--as-of", "2019-01-01"]) == 1
    assert "outside the record: choose a day from 2021-08-15 to" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--as-of", "soon"], "“soon” is not a day: write it as YYYY-MM-DD"),
        (["moon"], "“moon” is no chart: choose from map, tiles, counts, history"),
        (["--format", "gif"], "invalid choice: 'gif'"),
        (["--shape", "round"], "invalid choice: 'round'"),
        (["--scale", "9"], "invalid choice: 9"),
        (["--jobs", "0"], "“0” is no number of jobs: choose from 1 to 8"),
    ],
)
def test_a_wrong_option_is_named(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert message in capsys.readouterr().err


def test_an_actor_that_is_not_known_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["standing", "--actors", "ZZZ"]) == 1
    assert "--actors ZZZ is not an actor_id of the record" in capsys.readouterr().err
    assert main(["standing"]) == 2
    assert "name them, such as --actors IND CHN" in capsys.readouterr().err


def test_a_broken_folder_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--data", str(tmp_path)]) == 1
    assert "actors.csv:1:-: file is missing" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["stocks", "--out", str(tmp_path / "file")]) == 1
    assert "file" in capsys.readouterr().err
