"""The scripts' own tests, in Node."""

import subprocess
from pathlib import Path

from selfhelp.web.static_files import read_static_files
from tools.machine import ROOT, node


def test_every_script_test_passes() -> None:
    files = [str(path) for folder in ("static", "service-worker") for path in sorted((ROOT / folder).rglob("*.test.js"))]
    assert len(files) >= 5
    run = subprocess.run([node(), "--test", *files], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stdout[-4000:]
    assert "# fail 0" in run.stdout or "fail 0" in run.stdout


def test_what_is_served_is_the_same_program_without_its_comments(tmp_path: Path) -> None:
    served = {name: kept.plain for name, kept in read_static_files(ROOT / "static").files.items() if name.endswith(".js")}
    assert len(served) >= 10
    for name, body in served.items():
        source = (ROOT / "static" / name).read_text(encoding="utf-8").splitlines()
        kept = body.decode().splitlines()
        left_out = [line for line in source if line not in kept]
        assert [line for line in source if line in kept] == kept, name
        assert all(line.lstrip().startswith(("//", "/** ")) for line in left_out), name
        (tmp_path / "each.mjs").write_bytes(body)
        run = subprocess.run([node(), "--check", str(tmp_path / "each.mjs")], capture_output=True, text=True, check=False)
        assert run.returncode == 0, (name, run.stderr)
    assert sum(map(len, served.values())) < 0.9 * sum((ROOT / "static" / name).stat().st_size for name in served)
