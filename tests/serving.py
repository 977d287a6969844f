"""The real server as `make run` starts it, for tests that need a real socket."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

START_SECONDS = 20


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(
    folder: Path, *, database: str = "", log: Path | None = None, port: int | None = None, workers: int = 1
) -> Iterator[str]:
    """Serve a demo data folder with gunicorn; yield its address. `database` is where, if not in the folder itself."""
    port = port or free_port()
    environment = {
        **os.environ,
        "SELFHELP_MODE": "demo",
        "SELFHELP_FOLDER": str(folder),
        "SELFHELP_DATABASE_URL": database,
        "SELFHELP_PORT": str(port),
        "SELFHELP_WORKERS": str(workers),
    }
    command = [str(Path(sys.executable).parent / "selfhelp"), "web"]
    with (log or Path(os.devnull)).open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(15)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            urlopen(address, timeout=1).read()
        except (URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not start")
