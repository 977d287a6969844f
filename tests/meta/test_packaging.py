"""An installation from a wheel has everything the checkout has, and works without the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.serving import free_port
from tools.machine import ROOT

DATA = ("selftests", "static", "templates", "service-worker")
START = "import sys; from selfhelp.cli import main; sys.exit(main())"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the pinned build tools and unpack it where the checkout is out of sight."""
    wheels = tmp_path_factory.mktemp("wheels")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*build, "--no-build-isolation", "--wheel-dir", wheels, "."], cwd=ROOT, check=True)
    place = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(next(wheels.glob("*.whl"))) as wheel:
        wheel.extractall(place)
    return place


def selfhelp(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "SELFHELP_MODE": "demo",
        "SELFHELP_FOLDER": str(folder),
        "SELFHELP_PORT": str(free_port()),
    }
    command = [sys.executable, "-c", START, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_wheel_carries_every_data_file_of_the_checkout(installed: Path) -> None:
    tracked = subprocess.run(["git", "ls-files", *DATA], cwd=ROOT, capture_output=True, text=True, check=True)
    missing = [name for name in tracked.stdout.splitlines() if not (installed / "selfhelp" / "_data" / name).is_file()]
    assert len(tracked.stdout.splitlines()) > 100
    assert missing == []


def test_an_installed_wheel_checks_itself_and_scores_without_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [sys.executable, "-c", "import selfhelp; print(selfhelp.__file__)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(installed)), "the checkout was imported, not the wheel"
    made = selfhelp(installed, tmp_path, "demo")
    assert made.returncode == 0, made.stderr
    checked = selfhelp(installed, tmp_path, "check")
    assert checked.returncode == 0, checked.stderr
    scored = selfhelp(installed, tmp_path, "instruments", "score", "djg6", "--answers", "1,1,1,3,3,3")
    assert scored.returncode == 0, scored.stderr
    assert '"band"' in scored.stdout
