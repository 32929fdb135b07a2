"""Several processes behind a real nginx: what it is told, and what readers notice when one of the processes dies."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from http.client import HTTPMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from components.run import serve
from tests.browsing import WIDE, answers, settled
from tests.conftest import ROOT
from tests.waiting import until

PROCESSES = 2
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a nginx before two processes, all of them started and stopped by the command itself."""
    assert NGINX, "nginx is missing: install the package nginx-light"
    first = free_ports(PROCESSES + 1)
    log = tmp_path_factory.mktemp("serve") / "log"
    command = [sys.executable, "-m", "components.serve", "--processes", str(PROCESSES), "--port", str(first)]
    with log.open("w") as written:
        started = subprocess.Popen(command, cwd=ROOT, stdout=written, stderr=subprocess.STDOUT)
    until(lambda: f"http://127.0.0.1:{first}" in log.read_text() or started.poll() is not None)
    assert started.poll() is None, log.read_text()
    until(lambda: answers(first))
    children = children_of(started.pid)
    yield first
    started.send_signal(signal.SIGTERM)
    assert started.wait() == 0
    assert not [pid for pid in children if alive(pid)], "a process was left behind"


def free_ports(number: int) -> int:
    """The first of some ports in a row that nobody uses."""
    for first in range(20_000 + os.getpid() % 10_000, 60_000, number):
        try:
            for port in range(first, first + number):
                with socket.socket() as asked:
                    asked.bind(("127.0.0.1", port))
        except OSError:
            continue
        return first
    raise AssertionError("no ports are free")


def head(port: int, path: str, **headers: str) -> HTTPMessage:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    with urllib.request.urlopen(request) as answer:
        answer.read()
        return answer.headers


def children_of(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def sessions(port: int) -> int:
    """How many connections a process has; between two requests these are the readers whose page is open."""
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    cells = [line.split() for line in lines]
    return sum(here.endswith(f":{port:04X}") and state == "01" for _, here, _, state, *_ in cells)


def pid_at(port: int) -> int:
    """The process that serves a port, found by its command line."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                command = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"streamlit" in command and str(port).encode() in command:
                return int(folder.name)
    raise AssertionError(f"no process serves {port}")


def serving(port: int, opened: dict[int, int]) -> int:
    """The port of the process that has one reader more than it had."""
    until(lambda: sum(counts(port).values()) == sum(opened.values()) + 1)
    return next(number for number, count in counts(port).items() if count > opened[number])


def counts(port: int) -> dict[int, int]:
    return {number: sessions(number) for number in range(port + 1, port + 1 + PROCESSES)}


def open_page(browser: Browser, port: int) -> Page:
    page = browser.new_context(viewport=WIDE).new_page()  # type: ignore[arg-type]
    page.goto(f"http://127.0.0.1:{port}/matrix?date=2021-09-27")
    settled(page)
    expect(page.locator("h1")).to_contain_text("As of 27 September 2021")
    return page


def test_a_reader_stays_at_one_process_and_another_goes_on_when_it_dies(browser: Browser, port: int) -> None:
    before = counts(port)
    page = open_page(browser, port)
    home = serving(port, before)
    page.reload()
    settled(page)
    until(lambda: counts(port) == {**before, home: before[home] + 1})  # the same cookie, the same process

    elsewhere, other = home, page
    for _ in range(20):
        now = counts(port)
        other = open_page(browser, port)
        elsewhere = serving(port, now)
        if elsewhere != home:
            break
    assert elsewhere != home, "every reader is at one process"
    other.evaluate("window.here = true")
    kept = pid_at(elsewhere)

    os.kill(pid_at(home), signal.SIGKILL)
    until(lambda: not alive_at(home))
    until(lambda: leads_to_funds(page))  # links are grey until the reader is at another process
    settled(page)
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)

    other.get_by_role("link", name="Funds").click()
    expect(other.locator("h1")).to_contain_text("As of 27 September 2021 $")
    assert other.evaluate("window.here"), "the page of the other reader was loaded anew"
    assert pid_at(elsewhere) == kept
    until(lambda: answers(home))  # it was started again
    for opened in {page, other}:
        opened.context.close()


def leads_to_funds(page: Page) -> bool:
    """Whether a click on the link has led there after a second."""
    page.get_by_role("link", name="Funds").click()
    page.wait_for_timeout(1000)
    return "As of 27 September 2021 $" in " ".join(page.locator("h1").inner_text().split())


def alive_at(port: int) -> bool:
    try:
        pid_at(port)
    except AssertionError:
        return False
    return answers(port)


def test_pages_and_files_have_the_headers_they_need(port: int) -> None:
    page = head(port, "/")
    assert re.fullmatch(r"dashboard_process=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Lax", page["Set-Cookie"])
    assert page["Cache-Control"] == "no-cache"
    assert head(port, "/", Cookie="dashboard_process=kept")["Set-Cookie"] is None
    shapes = head(port, "/app/static/world.geojson", **{"Accept-Encoding": "gzip"})
    assert shapes["Content-Encoding"] == "gzip"
    assert shapes["Cache-Control"] == "public, max-age=3600"
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
        script = re.search(r"static/js/[^\"]+\.js", answer.read().decode())
    assert script
    code = head(port, f"/{script.group()}", **{"Accept-Encoding": "gzip"})
    assert code["Content-Encoding"] == "gzip"
    assert code["Cache-Control"] == "public, max-age=31536000, immutable"
    for headers in (page, shapes, code, head(port, "/_stcore/health")):
        assert headers["Server"] == "nginx"
        assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_a_large_body_is_refused(port: int) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", data=b"x" * 2_000_000, method="POST")
    with pytest.raises(OSError, match=r"413|Broken pipe|reset"):
        urllib.request.urlopen(request)


def test_the_configuration_is_printed_and_nginx_accepts_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert serve.main(["--config-only", "--processes", "3", "--port", "8700"]) == 0
    printed = capsys.readouterr().out
    assert re.findall(r"server (127\.0\.0\.1:\d+)", printed) == ["127.0.0.1:8701", "127.0.0.1:8702", "127.0.0.1:8703"]
    (tmp_path / "nginx.conf").write_text(printed, encoding="utf-8")
    assert NGINX
    checked = [NGINX, "-t", "-p", f"{tmp_path}/", "-c", "nginx.conf"]
    done = subprocess.run(checked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_without_nginx_it_says_so_and_exits_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    assert serve.main(["--port", str(free_ports(5))]) == 2
    assert capsys.readouterr().err.strip() == serve.MISSING


def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    first = free_ports(3)
    with socket.socket() as other:
        other.bind(("127.0.0.1", first + 2))
        other.listen()
        assert serve.main(["--processes", "2", "--port", str(first)]) == 1
    assert f"Port {first + 2} on 127.0.0.1 is taken" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--processes", "0"], ["--port", "http"], ["--host", "a b; evil"], ["--data", "x"]])
def test_a_wrong_option_exits_with_2(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        serve.main(wrong)
    assert stopped.value.code == 2


def test_a_process_that_goes_on_dying_is_started_ever_later(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    service = serve.Service("It", [sys.executable, "-c", "raise SystemExit(3)"])
    starts: list[float] = []
    service.start()
    for _ in range(5):
        assert service.process
        service.process.wait()
        service.watch()
        starts.append(service.due - now[0])
        now[0] = service.due
        service.watch()
    assert starts == [0.5, 1.0, 2.0, 4.0, 8.0]
    now[0] += serve.STEADY + 1
    assert service.process
    service.process.wait()
    service.watch()
    assert service.due - now[0] == serve.FIRST_PAUSE
