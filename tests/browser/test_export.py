"""Real images from a real Chromium: their size, words and looks in every format; and what happens without one."""

import contextlib
import errno
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from choreographer.browsers.chromium import Chromium
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader

from components.figures.figure import Options
from components.figures.theme import PAPER, Look
from components.publish.browser import ChromiumLost, renderer
from components.publish.charts import FORMATS, IMAGES, THEMES, main
from components.publish.names import file_stem
from components.publish.picture import Picture, picture_of
from components.publish.shapes import SHAPES
from components.publish.stage import Order
from components.record.model import Record
from components.record.reading import read
from tests.conftest import ROOT
from tests.waiting import until

pytestmark = pytest.mark.shipped
DAY = "2021-09-27"
ACTORS = ("PAK", "IND")
SVG = "{http://www.w3.org/2000/svg}"
RSVG = shutil.which("rsvg-convert")
CHOICES = [(name, shape) for name in IMAGES for shape in SHAPES]
COMPARED = 400  # px wide; smaller than that, two programs' ways of smoothing edges can hardly be told apart
ALIKE = 3.5  # of 255 levels of grey, on average: ways of smoothing edges, which small type has most of
POINTS_PER_PX = 0.375


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every chart of 27 September 2021 in every shape and format, by the command itself."""
    out = tmp_path_factory.mktemp("images")
    done = export("--as-of", DAY, "--format", *FORMATS, "--shape", *SHAPES, "--actors", *ACTORS, "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert f"{len(CHOICES) * len(FORMATS)} images in" in done.stdout
    assert "100%" in done.stderr
    return out


def export(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "components.export", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def file_of(folder: Path, name: str, shape: str, image_format: str) -> Path:
    return folder / f"{stem(name, DAY)}-{shape}-light.{image_format}"


def stem(name: str, day: str, *actors: str) -> str:
    """How the name of a picture's file begins; those of `written` and of the tests of shapes have two actors."""
    return file_stem(read(), name, " ".join(actors or ACTORS), day)


def told(shipped: Record, name: str) -> Picture:
    day = shipped.tracker.start.replace(month=9, day=27)
    return picture_of(shipped, name, day, Options(actor_ids=ACTORS))


def grey(image: Image.Image) -> Image.Image:
    """The image as it looks from afar."""
    return image.convert("L").resize((COMPARED, round(COMPARED * image.height / image.width)), Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far two images differ from afar, in levels of grey on average."""
    assert grey(one).size == grey(other).size
    return float(ImageStat.Stat(ImageChops.difference(grey(one), grey(other))).mean[0])


def emptied(image: Image.Image) -> Image.Image:
    """Paper as large as the image."""
    return Image.new("RGB", image.size, image.convert("RGB").getpixel((2, 2)))


def drawn_elsewhere(svg: Path, png: Path, width: int) -> Image.Image:
    """An SVG as a program draws it that is no browser and reads no web font, so many pixels wide."""
    assert RSVG, "rsvg-convert is missing: install the package librsvg2-bin"
    command = [RSVG, "--width", str(width), "--keep-aspect-ratio", "--output", str(png), str(svg)]
    subprocess.run(command, check=True, capture_output=True)
    return Image.open(png)


@pytest.mark.parametrize(("name", "shape"), CHOICES)
def test_a_png_has_its_size_and_words_and_is_not_blank(written: Path, shipped: Record, name: str, shape: str) -> None:
    size = SHAPES[shape]
    with Image.open(file_of(written, name, shape, "png")) as image:
        assert image.format == "PNG"
        picture = told(shipped, name)
        said = [image.text[key] for key in ("Title", "Author", "Copyright", "Description")]  # type: ignore[attr-defined]
        assert said == [picture.title, picture.author, shipped.tracker.licence, picture.alt]
        assert image.size == (size.width, size.height)
        assert len(image.convert("RGB").getcolors(maxcolors=1 << 24) or []) > 50
        whole = ImageStat.Stat(image.convert("L")).stddev[0]
        lower = ImageStat.Stat(image.convert("L").crop((0, image.height // 3, image.width, image.height))).stddev[0]
    assert min(whole, lower) > 5


def test_the_map_has_the_stance_colours_where_they_belong(written: Path) -> None:
    with Image.open(file_of(written, "map", "slide", "png")) as image:
        colours = {colour for _, colour in image.convert("RGB").getcolors(maxcolors=1 << 24) or []}
    for stance in ("#004488", "#DDAA33", "#BB5566"):
        assert tuple(bytes.fromhex(stance[1:])) in colours


@pytest.mark.parametrize(("name", "shape"), CHOICES)
def test_an_svg_says_what_of_when_and_from_whom(written: Path, shipped: Record, name: str, shape: str) -> None:
    """In its title and description, and in the words that are drawn, which its outlines name."""
    root = ElementTree.parse(file_of(written, name, shape, "svg")).getroot()  # noqa: S314 - of our own making
    picture = told(shipped, name)
    assert root.get("role") == "img"
    assert (root[0].tag, root[0].text) == (f"{SVG}title", picture.title)
    assert (root[1].tag, root[1].text) == (f"{SVG}desc", picture.alt)
    size = SHAPES[shape]
    assert root.get("width") == str(size.width)
    assert root.get("height") == str(size.height)
    drawn = " ".join(element.get("aria-label", "") for element in root.iter())
    for words in (picture.finding, "27 September 2021", picture.subtitle, "Source: ", shipped.tracker.licence):
        assert squeezed(words) in squeezed(drawn), words


def squeezed(words: str) -> str:
    """Without blanks, because a line may end at any."""
    return re.sub(r"\s", "", words)


@pytest.mark.parametrize(("name", "shape"), CHOICES)
def test_an_svg_needs_no_font_no_script_and_no_network(written: Path, name: str, shape: str) -> None:
    svg = file_of(written, name, shape, "svg").read_text(encoding="utf-8")
    root = ElementTree.fromstring(svg)  # noqa: S314 - of our own making
    assert not [e.tag for e in root.iter() if e.tag.removeprefix(SVG) in {"text", "style", "script", "foreignObject"}]
    assert not re.search(r"font-face|(?:href|src)=[\"'](?!#)|url\([\"']?(?!#|&quot;#)", svg)
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    assert set(re.findall(r"url\((?:&quot;|[\"'])?#([^\"'&)]+)", svg)) <= ids


@pytest.mark.parametrize(("name", "shape"), CHOICES)
def test_an_svg_looks_like_the_png_in_a_program_that_is_no_browser(
    written: Path, tmp_path: Path, name: str, shape: str
) -> None:
    svg, png = (file_of(written, name, shape, image_format) for image_format in ("svg", "png"))
    with Image.open(png) as ours, drawn_elsewhere(svg, tmp_path / "other.png", ours.width) as other:
        assert difference(ours, other) < min(ALIKE, difference(ours, emptied(ours)) / 3)


@pytest.mark.parametrize(("name", "shape"), CHOICES)
def test_a_pdf_is_one_page_of_its_size_with_its_title(written: Path, shipped: Record, name: str, shape: str) -> None:
    content = file_of(written, name, shape, "pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    read_again = PdfReader(io.BytesIO(content))
    assert len(read_again.pages) == 1
    (width, height), size = read_again.pages[0].mediabox[2:], SHAPES[shape]
    assert width == pytest.approx(size.width * POINTS_PER_PX, abs=1.5)
    with Image.open(file_of(written, name, shape, "png")) as image:
        assert height == pytest.approx(width * image.height / image.width, abs=1.5)
    picture, said = told(shipped, name), read_again.metadata
    assert said and (said.title, said.author, said.subject) == (picture.title, picture.author, picture.alt)
    assert "Chromium" not in str(said)


def test_an_editable_svg_has_its_words_as_text_of_the_same_length(shipped: Record) -> None:
    picture = told(shipped, "map")
    with renderer() as browser:
        order = Order(picture, SHAPES["article"], "light", "svg", editable=True)
        root = ElementTree.fromstring(browser.draw(order))  # noqa: S314 - of our own making
    texts = list(root.iter(f"{SVG}text"))
    assert picture.finding in squeezed_blanks("".join(text.text or "" for text in texts))
    assert all(float(text.get("textLength", "0")) > 0 for text in texts)
    assert not [path for group in root.iter(f"{SVG}g") if group.get("aria-label") for path in group.iter(f"{SVG}path")]


def squeezed_blanks(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ")


def test_the_same_input_is_the_same_svg(written: Path, tmp_path: Path) -> None:
    """In another run, with other pictures before it in its tab, and in the order of another number of tabs."""
    done = export("--as-of", DAY, "--format", "svg", "--actors", *ACTORS, "--jobs", "3", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    for name in IMAGES:
        again, before = (file_of(folder, name, "article", "svg") for folder in (tmp_path, written))
        assert again.read_bytes() == before.read_bytes()


def test_the_same_input_is_the_same_svg_twice_in_one_run(shipped: Record) -> None:
    with renderer(2) as browser:
        for name in IMAGES:
            order = Order(told(shipped, name), SHAPES["article"], "dark", "svg")
            same: dict[int, bytes] = {}
            browser.draw_each([(number, order) for number in range(3)], same.__setitem__)
            assert same[0] == same[1] == same[2], name


def test_both_themes_have_their_own_ground(tmp_path: Path) -> None:
    done = export("counts", "--as-of", DAY, "--theme", *THEMES, "--shape", "square", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    for theme in THEMES:
        with Image.open(next(tmp_path.glob(f"*-counts-{DAY}-square-{theme}.png"))) as image:
            colours = image.convert("RGB").getcolors(maxcolors=1 << 24) or []
        ground = Look(theme).of(PAPER)  # type: ignore[arg-type]
        assert max(colours)[1] == tuple(bytes.fromhex(ground[1:]))


def test_hostile_and_foreign_words_stay_words_in_an_svg(small: Record) -> None:
    """Signs that the font lacks are text, and none of those around them; nothing becomes an element."""
    hostile, foreign = "</title><script>alert(1)</script>&amp;", "دولة قطر"
    names = [f"{foreign} X" if actor == "AAA" else name for actor, name in small.actors["name"].items()]
    tracker = replace(small.tracker, title=hostile)
    record = replace(small, tracker=tracker, actors=small.actors.assign(name=names))
    picture = picture_of(record, "standing", small.tracker.data_until, Options(actor_ids=("AAA",)))
    with renderer() as browser:
        root = ElementTree.fromstring(browser.draw(Order(picture, SHAPES["article"], "light", "svg")))  # noqa: S314
    assert not list(root.iter(f"{SVG}script"))
    assert any(hostile in element.get("aria-label", "") for element in root.iter())
    texts = {(element.text or "").strip() for element in root.iter(f"{SVG}text")}
    assert {text.strip("\u2068\u2069") for text in texts} == {foreign}  # without what sets it apart from the rest


@pytest.fixture
def aside() -> Iterator[Path]:
    """Where an export puts aside what it needs while it draws; with a short path, as a browser's sockets must have."""
    with tempfile.TemporaryDirectory(prefix="aside-") as folder:
        yield Path(folder)


# Hundreds of images: more than any machine has written before the test goes on.
MANY = ["--shape", "article", "slide", "square", "--theme", "light", "dark", "--format", "png", "svg", "pdf"]


def begun(out: Path, aside: Path, *arguments: str, files: int) -> subprocess.Popen[str]:
    """An export that has written at least so many images and goes on, in a group of processes of its own."""
    command = [sys.executable, "-m", "components.export", "--as-of", DAY, "--out", str(out), *arguments]
    started = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "TMPDIR": str(aside)}, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - ignored in the background
    )  # fmt: skip
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


def browser_of(pid: int) -> list[int]:
    names = {below: Path(f"/proc/{below}/comm") for below in processes_below(pid)}
    return [below for below, name in names.items() if name.exists() and "chrom" in name.read_text(encoding="utf-8")]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_run_that_was_killed_leaves_whole_files_and_runs_again(tmp_path: Path, aside: Path) -> None:
    arguments = ["counts", "crosstab", "stocks", "pledges", "--shape", "article", "slide", "--jobs", "1"]
    killed = begun(tmp_path, aside, *arguments, files=3)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert 3 <= check_whole(tmp_path) <= 8
    done = export(*arguments, "--as-of", DAY, "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("8 images in")
    assert check_whole(tmp_path) == 8
    assert not list(tmp_path.glob(".*"))


def test_chromium_that_ends_midway_is_said(tmp_path: Path, aside: Path) -> None:
    running = begun(tmp_path, aside, *MANY, files=1)
    for pid in browser_of(running.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    _, said = running.communicate()
    assert running.returncode == 2
    assert said.endswith(f"{ChromiumLost()}\n")
    assert "run the same again" in said
    assert "Traceback" not in said
    assert check_whole(tmp_path) >= 1
    assert not list(tmp_path.glob(".*"))
    left = [path.name for path in aside.iterdir()]
    assert not [name for name in left if not name.startswith("org.chromium.")]  # what a killed browser leaves itself


def test_a_run_that_is_interrupted_ends_its_browser(tmp_path: Path, aside: Path) -> None:
    running = begun(tmp_path, aside, *MANY, files=1)
    browser = browser_of(running.pid)
    assert browser
    running.send_signal(signal.SIGINT)
    _, said = running.communicate()
    assert running.returncode == 130
    assert said.endswith("Stopped.\n")
    assert "Traceback" not in said
    assert not [pid for pid in browser if alive(pid)]
    assert not list(tmp_path.glob(".*"))
    assert not list(aside.iterdir())


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_is_full_or_only_read_by_then_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, fault: int
) -> None:
    write = Path.write_bytes

    def refuse(path: Path, content: bytes) -> int:
        if not content.startswith(b"\x89PNG"):  # what was written before any image, to ask the folder, or beside it
            return write(path, content)
        path.open("wb").close()
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert main(["stocks", "--as-of", "2021-09-27", "--out", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert f"stocks-2021-09-27-article-light.png could not be written: {os.strerror(fault)}" in said
    assert "Traceback" not in said
    assert not list(tmp_path.iterdir())


def test_no_part_of_a_file_is_left(written: Path) -> None:
    assert not list(written.glob(".*"))


def test_the_page_fonts_are_used(written: Path) -> None:
    pdf = file_of(written, "counts", "article", "pdf").read_bytes()
    fonts = set(re.findall(rb"/FontName\s*/[A-Z]{6}\+([\w-]+)", pdf))
    assert fonts
    assert all(font.startswith(b"SourceSans") for font in fonts)


def test_a_picture_that_cannot_be_drawn_is_said_and_others_still_can(
    shipped: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = Order(told(shipped, "counts"), SHAPES["article"], "light", "png")
    bad = Order(told(shipped, "stocks"), SHAPES["article"], "light", "png")
    drawing = bad.picture.figure.draw(Look())
    drawing.to_json = lambda: '{"data": 7, "layout": {}}'
    monkeypatch.setattr(type(bad.picture.figure), "draw", lambda *_: drawing)
    with renderer(2) as browser:
        before = browser.draw(good)
        with pytest.raises(ValueError, match="A figure could not be drawn: "):
            browser.draw_each(enumerate([good, bad, good, bad]), lambda *_: None)
        assert browser.draw(good) == before
        assert browser.tabs.qsize() == 2


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
        (["moon"], "“moon” is no chart: choose from map, counts, history"),
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
    assert "name them, with --actors and their actor_ids" in capsys.readouterr().err


def test_a_broken_folder_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--data", str(tmp_path)]) == 1
    assert "actors.csv:1:-: file is missing" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["stocks", "--out", str(tmp_path / "file")]) == 1
    assert "file" in capsys.readouterr().err
