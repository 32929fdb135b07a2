"""`python -m components.serve --processes 4 --port 8600 [-- OPTION …]`: several servers of the dashboard behind nginx.

One process serves a few dozen readers at a time; more processes serve more. nginx keeps each reader at one process by
a cookie, because a process keeps what a reader has chosen. Options behind `--` go to the dashboard, such as --data.

Runs with the standard library alone and is not imported: it stands at the edge, as `run.launch` does. Exit codes:
0 stopped on request. 1: a port is taken, or a process does not start. 2: nginx is missing, or a wrong option.
"""

import argparse
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOOPBACK = "127.0.0.1"
COOKIE = "dashboard_process"
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a process that died is started again; the pause doubles
STEADY = 60.0  # seconds after which a process counts as having started well
STARTING, STOPPING = 90.0, 10.0  # seconds that processes may take
MISSING = "nginx was not found: install it (Debian and Ubuntu: apt-get install nginx-light)."

# Paths are relative to the folder that nginx is given as its prefix.
CONFIGURATION = """\
daemon off;
pid nginx.pid;
error_log stderr warn;
worker_processes auto;

events {{
    worker_connections 4096;
}}

http {{
    access_log off;
    server_tokens off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    proxy_cache_path cache keys_zone=files:1m max_size=100m inactive=1d use_temp_path=off;

    gzip on;
    gzip_vary on;
    gzip_proxied any;
    gzip_min_length 1024;
    gzip_types text/css text/plain text/csv application/javascript text/javascript application/json
               application/geo+json image/svg+xml;

    # A reader stays at one process: by the cookie, and where there is none (the first request, or an embedding page
    # that may set none) by address and browser.
    map $cookie_{cookie} $reader {{
        ""      $remote_addr$http_user_agent;
        default $cookie_{cookie};
    }}
    map $cookie_{cookie} $new_cookie {{
        ""      "{cookie}=$request_id; Path=/; HttpOnly; SameSite=Lax";
        default "";
    }}
    map $http_upgrade $connection_upgrade {{
        ""      close;
        default upgrade;
    }}
    upstream dashboard {{
        hash $reader consistent;
{servers}
    }}

    server {{
        listen {host}:{port};
        server_name _;
        client_max_body_size 1m;
        add_header X-Content-Type-Options nosniff always;
        add_header Referrer-Policy strict-origin-when-cross-origin always;

        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header Accept-Encoding "";
        proxy_connect_timeout 2s;
        # A process that died is back within seconds: ask the next one meanwhile, but do not write it off.
        proxy_next_upstream error timeout;

        location / {{
            proxy_pass http://dashboard;
            proxy_hide_header X-Content-Type-Options;
            add_header Set-Cookie $new_cookie;
            add_header X-Content-Type-Options nosniff always;
            add_header Referrer-Policy strict-origin-when-cross-origin always;
        }}
        location ~ /_stcore/stream$ {{
            proxy_pass http://dashboard;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_buffering off;
            proxy_read_timeout 1h;
            proxy_send_timeout 1h;
        }}
        location ~ /_stcore/(health|host-config)$ {{
            proxy_pass http://dashboard;
            proxy_hide_header X-Content-Type-Options;
        }}
        # Made for one session, so that only its process has it: ask the others where a reader has been moved.
        location ~ /media/ {{
            proxy_pass http://dashboard;
            proxy_next_upstream error timeout http_404;
            proxy_hide_header X-Content-Type-Options;
        }}
        # Their names change with their content.
        location /static/ {{
            proxy_pass http://dashboard;
            proxy_cache files;
            proxy_cache_valid 200 1d;
            proxy_ignore_headers Cache-Control Expires Set-Cookie Vary;
            proxy_hide_header Cache-Control;
            proxy_hide_header Set-Cookie;
            proxy_hide_header X-Content-Type-Options;
            add_header Cache-Control "public, max-age=31536000, immutable";
            add_header X-Content-Type-Options nosniff always;
            add_header Referrer-Policy strict-origin-when-cross-origin always;
        }}
        location ~ /app/static/ {{
            proxy_pass http://dashboard;
            proxy_cache files;
            proxy_cache_valid 200 1m;
            proxy_ignore_headers Cache-Control Expires Set-Cookie Vary;
            proxy_hide_header Cache-Control;
            proxy_hide_header Set-Cookie;
            proxy_hide_header X-Content-Type-Options;
            add_header Cache-Control "public, max-age=3600";
            add_header X-Content-Type-Options nosniff always;
            add_header Referrer-Policy strict-origin-when-cross-origin always;
        }}
    }}
}}
"""


def main(arguments: list[str]) -> int:
    """Serve until SIGTERM or SIGINT, or print the configuration; the exit code."""
    options = _options(arguments)
    configuration = configure(options.host, options.port, options.processes)
    if options.config_only:
        sys.stdout.write(configuration)
        return 0
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if nginx is None:
        return _say(MISSING, 2)
    for host, port in [(options.host, options.port), *((LOOPBACK, port) for port in _ports(options))]:
        if not _is_free(host, port):
            return _say(f"Port {port} on {host} is taken: choose another one with --port.", 1)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    # Not in the user's own folder for temporary files: nginx's workers have another user where root starts it.
    with tempfile.TemporaryDirectory(prefix="dashboard-nginx-") as folder:
        Path(folder).chmod(0o711)
        (Path(folder) / "nginx.conf").write_text(configuration, encoding="utf-8")
        front = Service("nginx", [nginx, "-p", f"{folder}/", "-c", "nginx.conf"])
        return _serve(options, front, stop)


def configure(host: str, port: int, processes: int) -> str:
    """The configuration of an nginx at an address, before processes at the next ports of this machine."""
    ports = range(port + 1, port + 1 + processes)
    servers = "\n".join(f"        server {LOOPBACK}:{number} max_fails=1 fail_timeout=1s;" for number in ports)
    shown = f"[{host}]" if ":" in host else host
    return CONFIGURATION.format(cookie=COOKIE, servers=servers, host=shown, port=port)


class Service:
    """A process that is started again whenever it dies, after a pause that grows while it goes on dying."""

    def __init__(self, name: str, command: list[str], environment: Mapping[str, str] | None = None) -> None:
        """Remember what to start; nothing is started yet."""
        self.name, self.command, self.environment = name, command, {**os.environ, **(environment or {})}
        self.process: subprocess.Popen[bytes] | None = None
        self.pause, self.due, self.started = FIRST_PAUSE, 0.0, 0.0

    def start(self) -> None:
        """Start it in a session of its own, so that an interrupt of the terminal reaches its supervisor alone."""
        self.started, self.due = time.monotonic(), 0.0
        # Its output would name an address that is not for readers; what goes wrong is on the error stream.
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            self.command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, start_new_session=True
        )

    def watch(self) -> None:
        """Start it again where it has died and its pause is over."""
        now = time.monotonic()
        if self.due:
            if now >= self.due:
                self.start()
        elif self.process is not None and self.process.poll() is not None:
            self.pause = FIRST_PAUSE if now - self.started > STEADY else self.pause
            _say(f"{self.name} ended with {self.process.returncode}; started again in {self.pause:.1f} s.")
            self.due, self.pause = now + self.pause, min(2 * self.pause, LONGEST_PAUSE)

    def stop(self) -> None:
        """Ask it to end, and end it where it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOPPING)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _serve(options: argparse.Namespace, front: Service, stop: threading.Event) -> int:
    # One secret for all, so that a cookie of one process holds at the others.
    shared = {
        "STREAMLIT_SERVER_COOKIE_SECRET": os.environ.get("STREAMLIT_SERVER_COOKIE_SECRET") or secrets.token_hex(32)
    }
    processes = {
        port: Service(f"The process at port {port}", _command(options, port), shared) for port in _ports(options)
    }
    try:
        for service in processes.values():
            service.start()
        if not _all_answer(processes, stop):
            return 0 if stop.is_set() else _say("A process of the dashboard did not start; the lines above say why.", 1)
        front.start()
        _say(f"{options.processes} processes of the dashboard at http://{options.host}:{options.port}")
        while not stop.wait(0.2):
            for service in (front, *processes.values()):
                service.watch()
        return 0
    finally:
        for service in (front, *processes.values()):
            service.stop()


def _all_answer(processes: Mapping[int, Service], stop: threading.Event) -> bool:
    """Wait until every process says that it is well; False where one ends, none will, or stopping is asked for."""
    end = time.monotonic() + STARTING
    waiting = dict(processes)
    while waiting and time.monotonic() < end and not stop.wait(0.2):
        if any(service.process is None or service.process.poll() is not None for service in waiting.values()):
            return False
        for port in [port for port in waiting if _is_well(port)]:
            del waiting[port]
    return not waiting


def _is_well(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _command(options: argparse.Namespace, port: int) -> list[str]:
    """A server of the dashboard that nobody but nginx reaches."""
    dashboard = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless", "true"]
    bound = ["--server.address", LOOPBACK, "--server.port", str(port), "--browser.serverAddress", options.name]
    return [*dashboard, *bound, *(["--", *options.dashboard] if options.dashboard else [])]


def _ports(options: argparse.Namespace) -> range:
    return range(options.port + 1, options.port + 1 + options.processes)


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind((host, port))
        except OSError:
            return False
    return True


def _options(arguments: list[str]) -> argparse.Namespace:
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser(
        prog="python -m components.serve", description="Several processes of the dashboard behind nginx.",
        epilog="Options behind -- go to the dashboard, such as -- --data FOLDER.",
    )  # fmt: skip
    parser.add_argument("--processes", type=_between(1, 64), default=4, metavar="N", help="default: 4")
    parser.add_argument("--port", type=_between(1, 65_000), default=8600, help="default: 8600; processes take the next")
    parser.add_argument("--host", type=_host, default=LOOPBACK, help=f"address to listen at (default: {LOOPBACK})")
    parser.add_argument("--name", type=_host, default="localhost", help="the host name that readers type")
    parser.add_argument("--config-only", action="store_true", help="print nginx's configuration and do nothing")
    options = parser.parse_args(arguments[:cut])
    options.dashboard = arguments[cut + 1 :]
    return options


def _between(low: int, high: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise argparse.ArgumentTypeError(f"“{text}” is not a number from {low} to {high}")
        return int(text)

    return number


def _host(text: str) -> str:
    """A name or address as it may stand in a configuration."""
    if not re.fullmatch(r"[A-Za-z0-9.:-]{1,253}", text):
        raise argparse.ArgumentTypeError(f"“{text}” is not a host name or address")
    return text


def _say(sentence: str, code: int = 0) -> int:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
    return code
