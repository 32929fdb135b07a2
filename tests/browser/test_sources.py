"""The command that asks the links of a record: what it prints, writes and keeps, and its exit codes."""

import csv
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from components.curate.__main__ import main
from components.curate.links import copies, fetch
from components.curate.links.journal import FIRST_LINE
from components.record.reading import read
from tests.answering import Answering, answering, lead_here
from tests.conftest import ROOT, Change
from tests.folders import edit, rewrite
from tests.waiting import until

Printed = pytest.CaptureFixture[str]
COLUMNS = "id,publisher,date,url,archive_url,answer,status,leads_to,address,same_page_as,needs_a_person"


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Answering]:
    """The server in place of all hosts and of the archive, without TLS; the state lies in a folder of the test's."""
    lead_here(monkeypatch, {})
    monkeypatch.setattr(fetch, "DEADLINE", 1.5)
    monkeypatch.chdir(tmp_path)
    with answering() as state:
        monkeypatch.setattr(fetch, "_port", lambda _: state.port)
        monkeypatch.setattr(fetch, "_trusted", lambda: None)
        monkeypatch.setattr(copies, "SERVICE", "http://archive.example/wayback/available")
        yield state


def with_sources(folder: Path, urls: list[str]) -> Path:
    """The small record with more sources, `more-0` and so on."""
    rows = [
        [f"more-{number}", "More", "The Paper", "2020-01-11", url, "", "press", "en"] for number, url in enumerate(urls)
    ]
    rewrite(folder, "sources", lambda there: there.extend(rows))
    return folder


def curate(folder: Path, *options: str) -> int:
    return main(["sources", str(folder), "--private", "--pause", "0", *options])


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_all_is_well(here: Answering, folder: Path, capsys: Printed) -> None:
    edit(folder / "tracker.toml", 'repository = ""', 'repository = "https://code.example/small"')
    assert curate(folder) == 0
    assert capsys.readouterr().out == (
        "3 links were asked: answers 3.\nArchived copies: 1 of 3 sources has one.\n0 sources need a person.\n"
    )
    assert {visit.agent for visit in here.visits} == {"Small Tracker link check (+https://code.example/small)"}
    assert list(Path("exports").iterdir()) == []


def test_each_source_that_needs_a_person_has_a_line(here: Answering, folder: Path, capsys: Printed) -> None:
    urls = ["http://paper.example/404", "http://staging.paper.example/410", "http://www.paper.example/1?utm_source=x"]
    with_sources(folder, [*urls, "http://paper.example/to-front", "http://paper.example/busy-for-long"])
    assert curate(folder, "--csv", "out/links.csv") == 1
    elsewhere = "find the page elsewhere, or an archived copy of it"
    assert capsys.readouterr().out.splitlines() == [
        f"sources.csv:5:url: more-0 is gone (404); {elsewhere}: {urls[0]}",
        "sources.csv:6:url: more-1 is at a workshop or an old version of the publisher's and is gone (410); give the "
        f"public address that lasts; {elsewhere}: {urls[1]}",
        "sources.csv:7:url: more-2 carries the mark of a campaign or of one reader and is the page of press-1; take "
        f"the mark out; keep one of the two, and cite it in both places: {urls[2]}",
        "sources.csv:8:url: more-3 leads to a front page (200, http://paper.example/); "
        f"{elsewhere}: http://paper.example/to-front",
        "sources.csv:9:url: more-4 was not asked, because its host wants to be left alone; run this again later: "
        "http://paper.example/busy-for-long",
        "7 links were asked: answers 4, leads to a front page 1, gone 2, to be asked later 1.",
        "Addresses that will not last: workshop or old version 1, mark of a campaign 1, "
        "another spelling of a source's 1.",
        "Archived copies: 1 of 8 sources has one.",
        "5 sources need a person.",
    ]
    written = rows_of(Path("out/links.csv"))
    assert list(written[0]) == COLUMNS.split(",")
    assert [row["id"] for row in written[:4]] == ["press-1", "press-2", "gov-1", "more-0"]
    assert [row["answer"] for row in written] == ["ok", "ok", "ok", "gone", "gone", "ok", "front", "later"]
    assert [row["needs_a_person"] for row in written] == ["no"] * 3 + ["yes"] * 5
    assert (written[4]["status"], written[4]["address"]) == ("410", "staging")
    assert (written[6]["leads_to"], written[5]["same_page_as"]) == ("http://paper.example/", "press-1")


def test_who_wants_to_be_left_alone_is_asked_by_the_next_run_and_no_other(
    here: Answering, folder: Path, capsys: Printed
) -> None:
    with_sources(folder, ["http://busy.example/busy-for-long"])
    assert curate(folder) == 1
    before = len(here.visits)
    assert curate(folder) == 1
    assert [visit.path for visit in here.visits[before:]] == ["/busy-for-long"]
    assert "Going on from exports/record-links.jsonl; without that file, all are asked anew." in capsys.readouterr().err


def test_a_dead_link_that_has_a_copy_needs_nobody(here: Answering, folder: Path, change: Change) -> None:
    change("sources", "press-2", "url", "http://other.example/404")
    assert curate(folder) == 0


def test_what_a_hostile_host_says_is_no_formula_and_no_page(here: Answering, folder: Path, capsys: Printed) -> None:
    with_sources(folder, ["http://bad.example/script", "http://bad.example/escape"])
    assert curate(folder, "--csv", "links.csv") == 1
    assert "\x1b" not in capsys.readouterr().out
    for row in rows_of(Path("links.csv")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) or "\x1b" in cell for cell in row.values())


def test_without_the_internet_it_says_so_and_tells_what_addresses_tell(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path, capsys: Printed
) -> None:
    lead_here(monkeypatch, {})
    monkeypatch.chdir(tmp_path)
    rewrite(folder, "sources", lambda rows: [row.__setitem__(4, f"https://{row[0]}.lost/") for row in rows[1:]])
    with_sources(folder, ["https://staging.paper.lost/1", "http://99.80.44.999/1"])
    assert main(["sources", str(folder), "--csv", "links.csv"]) == 2
    said = capsys.readouterr()
    assert said.err.splitlines()[-1] == (
        "This machine has no internet: 5 links were not asked; run this again where there is some."
    )
    assert said.out.splitlines() == [
        "sources.csv:5:url: more-0 is at a workshop or an old version of the publisher's; give the public "
        "address that lasts: https://staging.paper.lost/1",
        "sources.csv:6:url: more-1 has a number for a host, which says nothing of who publishes; give the public "
        "address that lasts: http://99.80.44.999/1",
        "Addresses that will not last: number for a host 1, workshop or old version 1.",
        "Archived copies: 1 of 5 sources has one.",
        "2 sources need a person.",
    ]
    assert {row["answer"] for row in rows_of(Path("links.csv"))} == {""}
    assert not Path("exports").exists()


def answers(url: str, day: str) -> bytes:
    copy = {"available": True, "url": f"http://web.archive.org/web/{day}000000/{url}", "status": "200"}
    return json.dumps({"archived_snapshots": {"closest": copy}}).encode()


def archive(here: Answering, folder: Path, *options: str) -> int:
    return curate(folder, "--archive", *options)


def test_copies_are_found_then_written_and_the_archive_is_asked_once(
    here: Answering, folder: Path, capsys: Printed
) -> None:
    here.bodies["/wayback/available"] = answers("https://paper.example/1", "20200112")
    before = (folder / "sources.csv").read_bytes()
    assert archive(here, folder) == 1
    copy = "https://web.archive.org/web/20200112000000/https://paper.example/1"
    assert capsys.readouterr().out.splitlines() == [
        f"sources.csv:2:archive_url: press-1 has a copy of 12 January 2020: {copy}",
        "sources.csv:4:archive_url: gov-1 has no copy since it was published; save the page at "
        "https://web.archive.org/save: https://gov.example/r",
        "Archived copies of 3 sources: 1 in the record, 1 found, 1 not there, 0 not known.",
    ]
    assert (folder / "sources.csv").read_bytes() == before
    assert [visit.path for visit in here.visits] == [
        "/wayback/available?url=https%3A%2F%2Fpaper.example%2F1&timestamp=20200111",
        "/wayback/available?url=https%3A%2F%2Fgov.example%2Fr&timestamp=20200601",
    ]
    assert archive(here, folder, "--write", "--csv", "copies.csv") == 1
    assert len(here.visits) == 2
    assert "1 copy written into sources.csv." in capsys.readouterr().out
    assert read(folder).sources.loc["press-1", "archive_url"] == copy
    assert [row["copied_on"] for row in rows_of(Path("copies.csv"))] == ["2020-01-12", ""]
    assert not Path("exports/record-copies.jsonl").exists()


@pytest.mark.parametrize("body", [b"<html>Sorry</html>", b'{"archived_snapshots": null}'])
def test_an_archive_that_answers_rubbish_is_asked_again(
    here: Answering, folder: Path, capsys: Printed, body: bytes
) -> None:
    here.bodies["/wayback/available"] = body
    assert archive(here, folder) == 1
    assert "0 found, 0 not there, 2 not known; run this again for the last." in capsys.readouterr().out
    here.bodies["/wayback/available"] = b'{"archived_snapshots": {}}'
    assert archive(here, folder) == 1
    assert "0 found, 2 not there, 0 not known." in capsys.readouterr().out


def test_a_slow_archive_is_not_the_end(here: Answering, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "SERVICE", "http://archive.example/hang")
    monkeypatch.setattr(fetch, "DEADLINE", 0.3)
    assert archive(here, folder, "--write") == 2
    assert b"web.archive.org" not in (folder / "sources.csv").read_bytes()


def test_an_archive_that_wants_to_be_left_alone_is_asked_no_more(
    here: Answering, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    monkeypatch.setattr(copies, "SERVICE", "http://archive.example/busy-for-long")
    assert archive(here, folder) == 1
    assert len(here.visits) == 1
    assert capsys.readouterr().out.splitlines() == [
        "Archived copies of 3 sources: 1 in the record, 0 found, 0 not there, 2 not known; run this again for the last."
    ]


def test_where_all_have_a_copy_nobody_is_asked(here: Answering, folder: Path, change: Change, capsys: Printed) -> None:
    for source in ("press-1", "gov-1"):
        change("sources", source, "archive_url", f"https://web.archive.org/web/20200112000000/https://{source}.example")
    assert archive(here, folder) == 0
    assert here.visits == []
    assert (
        capsys.readouterr().out == "Archived copies of 3 sources: 3 in the record, 0 found, 0 not there, 0 not known.\n"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--write"], "--write goes with --archive"),
        (["--pause", "-1"], "is not a pause: write seconds, from 0 to 3600"),
        (["--pause", "nan"], "is not a pause"),
        (["--pause", "soon"], "is not a pause"),
        (["--csv", "{folder}/sources.csv"], "lies in the folder of the record: name a file elsewhere"),
        (["--state", "{folder}/state"], "lies in the folder of the record: name a file elsewhere"),
    ],
)
def test_a_wrong_option_is_refused(folder: Path, capsys: Printed, options: list[str], said: str) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(SystemExit) as ended:
        curate(folder, *(option.replace("{folder}", str(folder)) for option in options))
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_is_wrong_with_a_file_is_a_sentence(
    here: Answering, folder: Path, tmp_path: Path, change: Change, capsys: Printed
) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir\n")
    assert curate(folder, "--state", "letter.txt") == 1
    assert capsys.readouterr().err == "letter.txt is not what such a run leaves: name another file with --state.\n"
    assert (tmp_path / "letter.txt").read_text() == "Dear Sir\n"
    assert curate(folder, "--state", str(tmp_path)) == 1
    assert capsys.readouterr().err == f"{tmp_path} cannot be read or written (Is a directory).\n"
    assert curate(folder, "--csv", str(tmp_path)) == 1
    assert capsys.readouterr().err.endswith(f"{tmp_path} cannot be read or written (Is a directory).\n")
    change("sources", "press-1", "url", "paper")
    assert curate(folder) == 1
    assert "sources.csv:2:url: “paper” is not a web address" in capsys.readouterr().out
    assert curate(tmp_path / "nowhere") == 1


def test_without_a_command_it_says_which_there_are(capsys: Printed) -> None:
    assert main([]) == 2
    assert "ask which links of sources.csv still answer" in capsys.readouterr().err
    assert main(["nonsense"]) == 2
    assert main(["--help"]) == 0
    assert "python -m components.curate COMMAND" in capsys.readouterr().out


def start(folder: Path, state: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "components.curate", "sources", str(folder), "--private", "--pause", "0.2"]
    return subprocess.Popen(
        [*command, "--state", str(state)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - ignored in the background
    )  # fmt: skip


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped_goes_on_and_asks_nothing_twice(
    folder: Path, tmp_path: Path, how: signal.Signals
) -> None:
    """Hosts are the many addresses of this machine, so that a process of its own needs no names."""
    state = tmp_path / "state.jsonl"
    with answering() as here:
        urls = [f"http://127.0.0.{host}:{here.port}/{page}" for host in (1, 2, 3) for page in range(300, 306)]
        rewrite(folder, "sources", lambda rows: [row.__setitem__(4, urls.pop()) for row in rows[1:]])
        with_sources(folder, urls)
        first = start(folder, state)
        until(lambda: state.exists() and len(state.read_text("utf-8").splitlines()) > 5, lambda: first.poll() is None)
        first.send_signal(how)
        said = first.communicate()[1]
        assert "Traceback" not in said
        if how == signal.SIGINT:
            assert first.returncode == 130
            assert said.endswith(f"Stopped: {state} keeps what was found, and the same command goes on from there.\n")
        kept = {json.loads(line)["asked"] for line in state.read_text("utf-8").splitlines()[1:]}
        assert state.read_text("utf-8").startswith(FIRST_LINE)
        assert 5 <= len(kept) < 18
        second = start(folder, state)
        out, said = second.communicate()
        assert second.returncode == 1, said
        assert "18 links were asked: " in out
        assert not state.exists()
        times = Counter(
            f"http://{visit.host}:{here.port}{visit.path}" for visit in here.visits if visit.method == "HEAD"
        )
        assert len(times) == 18
        assert all(times[url] == 1 for url in kept)
        assert sum(times.values()) <= 18 + 3  # what was under way at each host


def test_a_reader_that_has_enough_and_a_terminal_that_knows_few_letters(folder: Path, tmp_path: Path) -> None:
    """Hosts of this machine are not asked without `--private`, so that nobody is."""
    with_sources(folder, [f"http://127.0.0.1/ünï/{number}" for number in range(1000)])
    ask = f"'{sys.executable}' -m components.curate sources '{folder}' --pause 0 --state '{tmp_path}/state'"
    for into in ("| head -1", f"> '{tmp_path}/lines'"):
        done = subprocess.run(
            ["bash", "-c", f"{ask} {into}"], cwd=ROOT, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONIOENCODING": "ascii"},
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        assert into != "| head -1" or done.stdout.count("\n") == 1
    assert "http://127.0.0.1/\\xfcn\\xef/0" in (tmp_path / "lines").read_text("utf-8")
