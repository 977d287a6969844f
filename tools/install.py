"""Install a hash-pinned lock file and this checkout into the running virtual environment; with uv where it is there."""

import shutil
import subprocess
import sys


def main(lock: str) -> None:
    """Install exactly what `lock` names, then the checkout itself, editable."""
    uv = shutil.which("uv")
    install = [uv, "pip", "install", "--python", sys.executable] if uv else [sys.executable, "-m", "pip", "install"]
    quiet = [*install, "--quiet"] if uv else [*install, "--quiet", "--disable-pip-version-check"]
    subprocess.run([*quiet, "--require-hashes", "-r", lock], check=True)
    subprocess.run([*quiet, "--no-deps", "--no-build-isolation", "--editable", "."], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
