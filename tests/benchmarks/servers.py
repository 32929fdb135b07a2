"""Servers to be measured: started on a free port of this machine, asked for their memory and their time, ended."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
HEADLESS = ["--server.headless", "true", "--server.address", "127.0.0.1"]
STARTING = 60.0  # seconds that a server may take


class Server:
    """A server for as long as the block runs. `seconds` is how long it took until it said that it is well."""

    def __init__(self, name: str, *, bare: bool = False, arguments: tuple[str, ...] = ()) -> None:
        """Say what to serve: the dashboard with the options given, or the bare page in a folder of its own."""
        self.name, self.bare, self.arguments = name, bare, arguments
        self.folder = Path(tempfile.mkdtemp(prefix="benchmark-"))
        self.seconds = 0.0

    def __enter__(self) -> "Server":
        """Start it and wait until it is well."""
        at, options = ROOT, []
        if self.bare:
            at = self.folder
            shutil.copy(HERE / "bare.py", at / "dashboard.py")
            shutil.copytree(ROOT / "static", at / "static")
            options = ["--server.enableStaticServing", "true", "--server.fileWatcherType", "none"]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", *HEADLESS, "--server.port", str(self.port)]
        command += [*options, "--browser.gatherUsageStats", "false", *self.arguments]
        begun = time.perf_counter()
        self.log = (self.folder / "log").open("w+")
        self.process = subprocess.Popen(command, cwd=at, stdout=self.log, stderr=subprocess.STDOUT)
        while not self._is_well():
            if self.process.poll() is not None or time.perf_counter() - begun > STARTING:
                self.log.seek(0)
                raise RuntimeError(f"{self.name} did not start: {self.log.read()}")
            time.sleep(0.01)
        self.seconds = time.perf_counter() - begun
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it and remove its folder."""
        self.process.terminate()
        self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _is_well(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    @property
    def address(self) -> str:
        """Where it is, without a path."""
        return f"http://127.0.0.1:{self.port}"

    def megabytes(self) -> float:
        """The memory that it holds."""
        command = ["ps", "-o", "rss=", "-p", str(self.process.pid)]
        return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout) / 1024

    def processor_seconds(self) -> float:
        """The time that processors have worked for it; 0 where the system does not say (anything but Linux)."""
        try:
            cells = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            return 0.0
        return (int(cells[11]) + int(cells[12])) / os.sysconf("SC_CLK_TCK")
