"""A real PostgreSQL for the tests, made in a second and thrown away: own data folder, own socket, no network."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.machine import postgres


def _account() -> dict[str, object]:
    """Return how to run as somebody else: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    return {"user": "postgres" if "postgres" in names else "nobody", "extra_groups": []}


@contextmanager
def postgres_server() -> Iterator[str]:
    """Start a server; yield the address of its socket folder."""
    binaries, account = postgres(), _account()
    # Under /tmp and not pytest's folder: a socket's path may have 100 characters only.
    home = Path(tempfile.mkdtemp(prefix="pg"))
    if account:
        shutil.chown(home, str(account["user"]))
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}

    def run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True, env=environment, cwd=home, **account)  # type: ignore[call-overload]

    run(str(binaries / "initdb"), "--no-sync", "--auth=trust", "--username=test", "--encoding=UTF8", "-D", f"{home}/data")
    options = f"-c listen_addresses='' -k {home} -c fsync=off"
    run(str(binaries / "pg_ctl"), "-D", f"{home}/data", "-o", options, "-l", f"{home}/log", "-w", "start")
    try:
        yield str(home)
    finally:
        run(str(binaries / "pg_ctl"), "-D", f"{home}/data", "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)
