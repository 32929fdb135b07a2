"""Exports that are stopped, disturbed or misled: each ends in one sentence, and nothing of it is left behind."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from components.figures.figure import Options
from components.publish import chromium, options
from components.publish.browser import ChromiumLost, renderer
from components.publish.charts import main
from components.publish.picture import picture_of
from components.publish.shapes import SHAPES
from components.publish.stage import Order
from components.record.model import Record
from tests.conftest import ROOT, SMALL
from tests.waiting import until

LONGEST = 60  # seconds after which a command has ended, whatever its browser does
SIGNALS = [(signal.SIGINT, 130), (signal.SIGTERM, 143)]
MANY = ["charts", "map", "counts", "--data", str(SMALL), "--shape", *SHAPES, "--theme", "light", "dark", "--scale", "3"]
# What may be found in place of Chromium.
FAKES = {
    "ends": "exit 3",
    "hangs": "exec sleep 1000",
    "has children that hang": "trap '' TERM; sleep 1000 & sleep 1000 & wait",
    "prints rubbish and ends": "echo rubbish >&4",
    "prints rubbish and hangs": "printf 'rub\\0{}\\0{\"id\": 7}\\0' >&4; exec sleep 1000",
    "never stops printing": "exec yes >&4",
}


@pytest.fixture
def aside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for what is temporary, of this process and of those that it starts; short, for a browser's sockets."""
    with tempfile.TemporaryDirectory(prefix="aside-") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


def started_below(folder: Path) -> list[int]:
    """The processes whose folder for what is temporary lies in a folder: a browser with all its own."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            variables = environment.read_bytes().split(b"\0")
            running = environment.with_name("cmdline").read_bytes()  # empty of one that has ended
        except OSError:
            continue
        if running and any(variable.startswith(f"TMPDIR={folder}/".encode()) for variable in variables):
            found.append(int(environment.parent.name))
    return found


def check_nothing_left(aside: Path) -> None:
    until(lambda: not started_below(aside), say=lambda: str(started_below(aside)))
    assert not list(aside.iterdir())


def exporting(out: Path, *arguments: str) -> "subprocess.Popen[str]":
    """An export in a process of its own, which hears an interrupt also where the tests run in the background."""
    return subprocess.Popen(
        [sys.executable, "-m", "components.export", *arguments, "--out", str(out)], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )  # fmt: skip


def check_whole(out: Path) -> int:
    """How many images there are; each can be opened to its end, and nothing else is there."""
    paths = list(out.iterdir()) if out.exists() else []
    for path in paths:
        with Image.open(path) as image:
            image.load()
    return len(paths)


@pytest.mark.parametrize(("number", "code"), SIGNALS)
@pytest.mark.parametrize("begun", ["the browser starts", "an image is there"])
def test_an_export_that_is_stopped_says_so_and_leaves_nothing(
    tmp_path: Path, aside: Path, number: signal.Signals, code: int, begun: str
) -> None:
    out = tmp_path / "out"
    running = exporting(out, *MANY)
    ready = (lambda: list(out.glob("*.png"))) if begun == "an image is there" else (lambda: started_below(aside))
    until(lambda: bool(ready()), lambda: running.poll() is None)
    running.send_signal(number)
    running.send_signal(number)  # by somebody who cannot wait
    _, said = running.communicate()
    assert (running.returncode, said.splitlines()[-1]) == (code, "Stopped.")
    assert "Traceback" not in said
    assert check_whole(out) < 12
    check_nothing_left(aside)


def test_a_film_that_is_stopped_leaves_the_old_one(tmp_path: Path, aside: Path) -> None:
    path = tmp_path / "small-tracker-film-2020-01-01-2020-12-31-wide-light.mp4"
    path.write_bytes(b"the old one")
    running = exporting(tmp_path, "film", "--data", str(SMALL))
    until(lambda: bool(list(aside.glob("film-*"))), lambda: running.poll() is None)  # all is drawn and it is encoded
    running.send_signal(signal.SIGTERM)
    _, said = running.communicate()
    assert (running.returncode, said.splitlines()[-1]) == (143, "Stopped.")
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]
    check_nothing_left(aside)


def test_it_waits_less_than_a_minute_for_a_browser() -> None:
    assert chromium.START_SECONDS + chromium.END_SECONDS < LONGEST
    assert chromium.SECONDS + chromium.END_SECONDS < LONGEST


@pytest.mark.parametrize("kind", FAKES)
def test_what_is_no_chromium_is_said(
    tmp_path: Path, aside: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], kind: str
) -> None:
    fake = tmp_path / "chromium"
    fake.write_text(f"#!/bin/sh\n{FAKES[kind]}\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(fake))
    monkeypatch.setattr(chromium, "START_SECONDS", 2)
    began = time.monotonic()
    assert main(["map", "--data", str(SMALL), "--out", str(tmp_path / "out")]) == 2
    assert time.monotonic() - began < LONGEST / 2
    assert capfd.readouterr().err == f"{chromium.NEVER}\n"
    assert not (tmp_path / "out").exists()
    check_nothing_left(aside)


def test_a_chromium_that_stops_answering_is_said(aside: Path, small: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = picture_of(small, "counts", small.tracker.data_until)
    order = Order(picture, SHAPES["article"], "light", "png")
    with pytest.raises(ChromiumLost, match="stopped answering before all was drawn"), renderer() as browser:
        assert browser.draw(order)
        monkeypatch.setattr(chromium, "SECONDS", 2)
        os.killpg(os.getpgid(min(started_below(aside))), signal.SIGSTOP)
        browser.draw(order)
    check_nothing_left(aside)


def test_a_browser_that_has_done_its_work_leaves_nothing(aside: Path) -> None:
    with renderer(2):
        assert started_below(aside)
    check_nothing_left(aside)


def test_two_exports_into_one_folder_do_not_disturb_each_other(tmp_path: Path) -> None:
    arguments = ["charts", "map", "counts", "--data", str(SMALL), "--format", "png", "--shape", "article", "square"]
    both = [exporting(tmp_path, *arguments) for _ in range(2)]
    told = [running.communicate() for running in both]
    assert [running.returncode for running in both] == [0, 0], told
    assert check_whole(tmp_path) == 4


def titled(record: Record, title: str, name: str) -> Record:
    """A record with another title and another name of its first actor."""
    names = [name if actor_id == "AAA" else old for actor_id, old in record.actors["name"].items()]
    return replace(record, tracker=replace(record.tracker, title=title), actors=record.actors.assign(name=names))


def test_signs_that_no_font_has_are_found_and_no_others(small: Record) -> None:
    """A script that a font of this machine has is drawn by it, one that none has is said."""
    record = titled(small, "Ünïcode Ελλάς Привет “–” \u200b\u00ad\ue123", "Alpha \ue124")
    picture = picture_of(record, "standing", small.tracker.data_until, Options(actor_ids=("AAA",)))
    with renderer() as browser:
        for image_format in ("svg", "png"):
            assert browser.undrawn == set()  # an SVG is drawn by the fonts of whoever reads it
            browser.draw(Order(picture, SHAPES["article"], "light", image_format))
        assert browser.undrawn == {"\ue123", "\ue124"}
        browser.undrawn.clear()
        browser.print_page("<!doctype html><p>Ελλάς \ue125</p>")
        assert browser.undrawn == {"\ue125"}


def test_signs_that_become_boxes_are_said_in_one_sentence(
    tmp_path: Path, small: Record, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "read", lambda _folder: titled(small, "Small \ue123 Tracker", "Alphaland"))
    assert main(["map", "--out", str(tmp_path)]) == 0
    (warning,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("warning: ")]
    assert "no font on this machine has the sign \ue123, drawn as boxes: install one that has" in warning
