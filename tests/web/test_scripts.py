"""The scripts' own tests, in Node."""

import subprocess

from tools.machine import ROOT, node


def test_every_script_test_passes() -> None:
    files = [str(path) for folder in ("static", "service-worker") for path in sorted((ROOT / folder).rglob("*.test.js"))]
    assert len(files) >= 5
    run = subprocess.run([node(), "--test", *files], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stdout[-4000:]
    assert "# fail 0" in run.stdout or "fail 0" in run.stdout
