"""The folder of the site takes the place of the old one whole, keeps what is not its own, and refuses the rest."""

import json
import threading
from pathlib import Path

import pytest

from components.publish import site
from components.publish.site_folder import MARK, mark, replaced, write
from components.record.model import Record
from tests.sites import Read, Stills


def build(record: Record, out: Path) -> list[str]:
    """What the command does with the folder, without a browser; what was kept."""
    made = site.site_of(record, record.tracker.data_until, out=out)
    with replaced(out) as (folder, kept):
        site.write_site(made, folder, Stills())  # type: ignore[arg-type]
    return kept


def put(out: Path, name: str, content: str) -> list[str]:
    """A site of one file, which is much quicker."""
    with replaced(out) as (folder, kept):
        write(folder, {name: content})
        write(folder, mark("Title", "2020-12-31", [name]))
    return kept


def test_a_new_site_takes_away_what_the_old_one_wrote_and_keeps_what_others_put_there(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert put(out, "old.html", "old") == []
    (out / "CNAME").write_text("tracker.example", encoding="utf-8")
    (out / ".well-known").mkdir()
    (out / ".well-known" / "key").write_text("key", encoding="utf-8")
    (out / "away").symlink_to("/etc/hostname")
    kept = [".well-known/key", "CNAME", "away"]
    assert put(out, "new.html", "new") == kept
    assert sorted(path.name for path in out.iterdir()) == [".well-known", "CNAME", "away", "new.html", MARK]
    assert (out / "away").readlink() == Path("/etc/hostname")
    assert put(out, "newer.html", "newer") == kept  # they are never the site's own
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert out.stat().st_mode & 0o005 == 0o005  # the web server's user may read it


def test_a_name_that_somebody_else_has_taken_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "site"
    put(out, "a.html", "a")
    (out / "b.html").write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match=r"b\.html was not written by this command, and the site needs its name: move"):
        put(out, "b.html", "b")
    assert (out / "b.html").read_text(encoding="utf-8") == "mine"
    assert (out / "a.html").is_file()


def test_the_data_of_an_earlier_version_stay_and_are_listed(small: Record, tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(small, out)
    (out / "data" / "2020-12-31").rename(out / "data" / "2020-06-30")
    before = (out / "data" / "2020-06-30" / "stances.csv").read_bytes()
    kept = build(small, out)
    assert {name.split("/")[1] for name in kept} == {"2020-06-30"}
    assert (out / "data" / "2020-06-30" / "stances.csv").read_bytes() == before
    assert (out / "data" / "2020-12-31" / "stances.csv").is_file()
    page = Read((out / "data" / "index.html").read_text(encoding="utf-8"))
    assert {"2020-12-31/", "2020-06-30/"} <= {a["href"] for a in page.named("a")}
    removable = json.loads((out / MARK).read_text(encoding="utf-8"))["files"]
    assert not [name for name in removable if name.startswith("data/20")]


def test_the_site_of_another_subject_is_not_replaced(small: Record, tmp_path: Path) -> None:
    put(tmp_path / "site", "index.html", "")
    with pytest.raises(ValueError, match="site is the site of “Title”, not of “Small Tracker”: choose another folder"):
        build(small, tmp_path / "site")
    assert put(tmp_path / "site", "newer.html", "") == []


def test_a_failure_leaves_the_old_site_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "site"
    put(out, "old.html", "old")

    def stop(folder: Path) -> None:
        write(folder, {"half.html": b""})
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"), replaced(out) as (folder, _):
        stop(folder)
    assert sorted(path.name for path in out.iterdir()) == ["old.html", MARK]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("mark_text", [None, "{}", "[]", "no json", '{"made_by": "components.publish site"}'])
def test_a_folder_that_is_not_a_site_is_refused(tmp_path: Path, mark_text: str | None) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    if mark_text is not None:
        (tmp_path / MARK).write_text(mark_text, encoding="utf-8")
    with pytest.raises(ValueError, match="is not empty and not a site written by this command"):
        put(tmp_path, "a.html", "a")
    assert (tmp_path / "thesis.txt").is_file()


def test_a_file_and_a_mount_point_are_refused_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match="is a file: choose a folder"):
        put(tmp_path / "file", "a.html", "a")
    put(tmp_path / "site", "a.html", "a")
    monkeypatch.setattr(Path, "is_mount", lambda _: True)
    worked = []
    with pytest.raises(ValueError, match="is a mount point, which cannot be replaced"), replaced(tmp_path / "site"):
        worked.append(True)
    assert not worked


def test_two_sites_at_once_leave_one_whole(tmp_path: Path) -> None:
    out = tmp_path / "site"
    put(out, "first.html", "first")
    (out / "CNAME").write_text("mine", encoding="utf-8")
    at_once = threading.Barrier(4)

    def build_one(number: int) -> None:
        with replaced(out) as (folder, _):
            write(folder, {f"{number}.html": ""})
            write(folder, mark("Title", "2020-12-31", [f"{number}.html"]))
            at_once.wait()

    threads = [threading.Thread(target=build_one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    names = sorted(path.name for path in out.iterdir())
    assert len(names) == 3
    assert names[1:] == ["CNAME", MARK]
    assert json.loads((out / MARK).read_text(encoding="utf-8"))["files"] == [names[0]]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_no_path_leads_outside(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="lies outside the site"):
        write(tmp_path / "site", {"../outside": b""})
    with pytest.raises(FileExistsError):
        write(tmp_path, dict.fromkeys(["a"], b"")) or write(tmp_path, {"a": b""})  # type: ignore[func-returns-value]
