"""Exports that cannot be: known before the work begins, and said in one sentence."""

import errno
import importlib
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from components.figures.figure import Options
from components.publish import brief, charts, command, film, options, site
from components.publish.files import check_takes_files, write_whole
from components.publish.picture import image_name, picture_of
from components.record.model import Record
from tests.conftest import SMALL

COMMANDS = {"charts": charts.main, "film": film.main, "brief": brief.main, "site": site.main}
FILE_SYSTEMS_TAKE = 255  # bytes of a name
NUMBERS = ["inf", "-inf", "nan", "1e9", "0", "-1", "", "9" * 5000, "²"]


@pytest.fixture(autouse=True)
def not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """No record is read before a folder is known to take files."""

    def refuse(_folder: Path) -> Record:
        raise AssertionError("the work has begun")

    monkeypatch.setattr(options, "read", refuse)


def refused(name: str, out: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert COMMANDS[name](["--data", str(SMALL), "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_in_place_of_a_folder_is_named(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    for out in (file, file / "below"):
        assert f"{file} is a file: choose a folder with --out" in refused(name, out, capsys)
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_folder_that_takes_no_files_is_named(
    name: str, fault: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, _content: bytes) -> None:
        path.open("wb").close()
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(Path, "write_bytes", fail)
    out = tmp_path / "new" / "folder"
    said = refused(name, out, capsys)
    assert f"{out} takes no files: {os.strerror(fault)}; choose another folder with --out" in said
    assert not list(tmp_path.iterdir())


def test_a_folder_of_the_system_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "/proc/here takes no files: " in refused("charts", Path("/proc/here"), capsys)


def test_a_name_that_is_too_long_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "takes no files: File name too long" in refused("charts", tmp_path / ("long" * 100), capsys)


def test_a_folder_is_asked_without_a_trace(tmp_path: Path) -> None:
    check_takes_files(tmp_path / "not" / "yet")
    check_takes_files(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_site_does_not_take_the_place_of_a_mount_point(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, small: Record
) -> None:
    monkeypatch.setattr(options, "read", lambda _folder: small)
    monkeypatch.setattr(Path, "is_mount", lambda path: path == tmp_path)
    assert f"{tmp_path} is a mount point, which cannot be replaced" in refused("site", tmp_path, capsys)


@pytest.mark.parametrize("text", NUMBERS)
@pytest.mark.parametrize(("name", "option"), [("charts", "--jobs"), ("charts", "--scale"), ("film", "--seconds")])
def test_a_number_out_of_bounds_is_named(name: str, option: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        COMMANDS[name]([f"{option}={text}"])
    assert left.value.code == 2
    assert f"argument {option}: " in capsys.readouterr().err


@pytest.fixture
def handlers() -> Iterator[None]:
    """What a process in front does on signals, and what this one does put back: one in the background ignores some."""
    former = {each: signal.getsignal(each) for each in command.SIGNALS}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for each, handler in former.items():
        signal.signal(each, handler)


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_is_told_whatever_a_library_makes_of_it(
    number: signal.Signals, code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_module(_name: str) -> None:
        try:
            signal.raise_signal(number)
        except KeyboardInterrupt as interrupt:
            signal.raise_signal(number)  # which is not heard, while things are tidied up
            raise RuntimeError("a class could not be made") from interrupt

    monkeypatch.setattr(importlib, "import_module", read_module)
    assert command.main(["charts"]) == code
    assert capsys.readouterr().err == "Stopped.\n"


@pytest.mark.usefixtures("handlers")
def test_a_command_that_was_not_stopped_leaves_signals_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_name: str) -> None:
        raise RuntimeError("of its own")

    before = [signal.getsignal(each) for each in command.SIGNALS]
    monkeypatch.setattr(importlib, "import_module", fail)
    with pytest.raises(RuntimeError, match="of its own"):
        command.main(["charts"])
    assert [signal.getsignal(each) for each in command.SIGNALS] == before


def test_names_are_short_enough_for_every_file_system(small: Record) -> None:
    """Of a record with a title of 294 signs, of hundreds of actors, and where a sentence says who is shown."""
    record = replace(small, tracker=replace(small.tracker, title="国" * 294))
    actor_ids = tuple(f"actor_{number}" for number in range(300))
    for chosen in (Options(actor_ids=("AAA",)), Options(actor_ids=("AAA", *actor_ids), colour="level", zoom="africa")):
        picture = picture_of(record, "map", small.tracker.data_until, chosen, filtered="Only those in Africa. " * 99)
        name = image_name(picture, "article", "light", "png", "-editable")
        assert len(f".{name}.part".encode()) <= FILE_SYSTEMS_TAKE


def test_a_file_is_whole_while_many_write_it(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    contents = [bytes([number]) * 200_000 for number in range(4)]
    write_whole(path, contents[0])

    def write_often(content: bytes) -> None:
        for _ in range(25):
            write_whole(path, content)

    writers = [threading.Thread(target=write_often, args=[content]) for content in contents]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert path.read_bytes() in contents
    assert list(tmp_path.iterdir()) == [path]
