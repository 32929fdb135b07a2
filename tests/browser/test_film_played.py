"""The film as an MP4 in a real browser: it plays, shows the map, and ends with the last day."""

import base64
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from components.figures.theme import ACCENT, RULE
from components.publish.film_frames import SHAPES
from tests.conftest import ROOT, SMALL

SECONDS = 10
# Opens the film, and gives its size and length once it can be played.
OPEN = """film => new Promise((done, fail) => {
  const bytes = Uint8Array.from(atob(film), sign => sign.charCodeAt(0));
  window.video = Object.assign(document.createElement("video"), {muted: true});
  video.oncanplay = () => done([video.videoWidth, video.videoHeight, video.duration]);
  video.onerror = () => fail(new Error(video.error.message));
  video.src = URL.createObjectURL(new Blob([bytes], {type: "video/mp4"}));
})"""
# Plays it at sixteen times its pace, and gives the times that went by until it ended.
PLAY = """() => new Promise((done, fail) => {
  const times = [];
  video.ontimeupdate = () => times.push(video.currentTime);
  video.onended = () => done([...times, video.currentTime]);
  video.onerror = () => fail(new Error(video.error.message));
  video.playbackRate = 16;
  video.play();
})"""
# Goes to a time, and gives how many colours are seen there, and the colours along a line at a height.
SEEN = """async ([time, height]) => {
  await new Promise(done => { video.onseeked = done; video.currentTime = time; });
  const canvas = Object.assign(document.createElement("canvas"), {width: video.videoWidth, height: video.videoHeight});
  const ink = canvas.getContext("2d");
  ink.drawImage(video, 0, 0);
  const all = new Uint32Array(ink.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
  const line = ink.getImageData(0, height, canvas.width, 1).data;
  return [new Set(all).size, Array.from({length: canvas.width}, (_, at) => [...line.slice(4 * at, 4 * at + 3)])];
}"""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A film of the small record; by the command, because the browser of the tests has taken this process's loop."""
    out = tmp_path_factory.mktemp("film")
    options = ["--data", str(SMALL), "--seconds", str(SECONDS), "--out", str(out)]
    command = [sys.executable, "-m", "components.export", "film", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "15 frames, 10 seconds" in done.stdout
    (path,) = out.iterdir()
    return base64.b64encode(Path(path).read_bytes()).decode()


def near(colour: list[int], other: str) -> bool:
    return max(abs(one - two) for one, two in zip(colour, bytes.fromhex(other[1:]), strict=True)) < 12


def share_gone(line: list[list[int]]) -> float:
    """How much of the bar that a line goes along is in its colour."""
    gone = sum(near(colour, ACCENT.light) for colour in line)
    left = sum(near(colour, RULE.light) for colour in line)
    assert gone + left > len(line) * 0.9
    return gone / (gone + left)


def bar_height(page: Page) -> int:
    """At which height the bar is: there are no more pixels of its colour than there at the end."""
    seen: list[tuple[int, int]] = []
    for height in range(860, 1020, 4):
        _, line = page.evaluate(SEEN, [SECONDS, height])
        seen.append((sum(near(colour, ACCENT.light) for colour in line), height))
    return max(seen)[1]


def test_a_film_plays_to_its_last_day(page: Page, film: str) -> None:
    width, height, duration = page.evaluate(OPEN, film)
    assert (width, height) == (SHAPES["wide"].width, SHAPES["wide"].height)
    assert duration == pytest.approx(SECONDS, abs=0.1)
    times: list[float] = page.evaluate(PLAY)
    assert times == sorted(times) and times[0] < times[-1] == pytest.approx(SECONDS, abs=0.2)
    bar = bar_height(page)
    shares = []
    for time in (0, SECONDS / 2, SECONDS):
        seen: Any = page.evaluate(SEEN, [time, bar])
        assert seen[0] > 200  # colours: a map and words, and no blank frame
        shares.append(share_gone(seen[1]))
    assert shares[0] == 0 and 0 < shares[1] < 1 and shares[2] == 1
