"""Real images from a real Chromium, and what happens without one."""

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from choreographer.browsers.chromium import Chromium
from PIL import Image

from components import images
from components.catalogue import draw_picture
from components.charts.theme import Style
from components.export.charts import IMAGES, main
from components.load import load_dataset, load_shapes
from tests.conftest import ROOT


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
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)


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


def test_no_part_of_a_file_is_left(written: Path) -> None:
    assert not list(written.glob(".*"))


def test_the_page_fonts_are_used(written: Path) -> None:
    with Image.open(written / "map-2021-09-27.png") as image:
        page_font = image.convert("L").crop((0, 0, 1200, 120))
    with images.renderer() as browser:
        dataset = load_dataset()
        day = dataset.tracker.start.replace(month=9, day=27)
        figure = draw_picture("map", dataset, day, Style("light", images.CHARACTERS, images.EDGE, load_shapes())).figure
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
