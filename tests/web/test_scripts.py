"""The scripts' own tests, in Node."""

import re
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
        told = [line.lstrip() for line in source if not line.lstrip().startswith(("//", "/** "))]
        assert told == body.decode().splitlines(), name
        assert not [line for line in told if line.count("`") % 2], f"{name}: the indent of a longer text would be left out"
        (tmp_path / "each.mjs").write_bytes(body)
        run = subprocess.run([node(), "--check", str(tmp_path / "each.mjs")], capture_output=True, text=True, check=False)
        assert run.returncode == 0, (name, run.stderr)
    assert sum(map(len, served.values())) < 0.85 * sum((ROOT / "static" / name).stat().st_size for name in served)


def test_styles_are_served_without_what_only_we_read() -> None:
    served = {name: kept.plain for name, kept in read_static_files(ROOT / "static").files.items() if name.endswith(".css")}
    assert len(served) >= 5
    for name, body in served.items():
        source = (ROOT / "static" / name).read_text(encoding="utf-8")
        assert "/*" not in body.decode(), name
        rules = ["".join(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).split()) for text in (source, body.decode())]
        assert rules[0] == rules[1], f"{name}: a rule is missing"
