"""A faulty instrument is refused with file, line, field and reason, and the others still load."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from selfhelp.cli import commands
from selfhelp.core.resources import folder
from selfhelp.instruments.loader import load_instruments

BOMB = "a: &a [x, x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n"


def changed(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text, f"the sample no longer holds {old!r}"
        return text.replace(old, new, 1)

    return change


FAULTS = {
    "overlapping bands": (changed("from: 2, to: 4", "from: 1, to: 4"), "overlaps"),
    "gapped bands": (changed("from: 2, to: 4", "from: 3, to: 4"), "gap"),
    "bands that end early": (changed("from: 5, to: 6", "from: 5, to: 5"), "must end at 6"),
    "an unknown field": (changed("slug: djg6", "slug: djg6\nsulg: djg6"), "sulg"),
    "a wrong slug": (changed("slug: djg6", "slug: djg7"), "folder"),
    "a duplicate item": (changed("id: q2", "id: q1"), "q1 stands here twice"),
    "a key given twice": (changed("slug: djg6", "slug: djg6\nslug: djg6"), "twice"),
    "a number that is none": (changed("minutes: ", "minutes: .nan # "), "not a number"),
    "an infinite number": (changed("minutes: ", "minutes: .inf # "), "not a number"),
    "an alias bomb": (lambda text: BOMB + text, "anchors and aliases"),
    "a missing licence": (changed("  licence:", "  licenze:"), "licence"),
    "an unknown scale item": (changed("items: [q1", "items: [q9"), "q9"),
    "ten thousand items": (
        lambda text: text.replace("items:\n", "items:\n" + "  - {id: q1, options: agree3}\n" * 10_000, 1),
        "larger than 300000 bytes",
    ),
    "a hundred and one items": (
        lambda text: text.replace("\nitems:\n", "\nitems:\n" + "  - {id: q1, options: agree3}\n" * 101, 1),
        "length",
    ),
    "no YAML at all": (lambda _text: "{{{", "instrument.yaml"),
    "a list instead of fields": (lambda _text: "- a\n- b\n", "must hold fields"),
    "a tag": (changed("slug: djg6", "slug: !!python/object:os.system djg6"), "tags"),
}


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for slug in ("djg6", "who5"):
        shutil.copytree(folder("selftests") / slug, tmp_path / slug)
    return tmp_path


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_instrument_is_refused_and_the_other_still_loads(name: str, shelf: Path) -> None:
    change, reason = FAULTS[name]
    file = shelf / "djg6" / "instrument.yaml"
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    loaded = load_instruments(shelf)
    assert set(loaded.instruments) == {"who5"}
    said = "\n".join(map(str, loaded.problems))
    assert "djg6/instrument.yaml" in said
    assert reason in said


def test_a_problem_names_the_line_of_the_fault(shelf: Path) -> None:
    file = shelf / "djg6" / "instrument.yaml"
    text = file.read_text(encoding="utf-8").replace("from: 2, to: 4", "from: 1, to: 4", 1)
    file.write_text(text, encoding="utf-8")
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "from: 1, to: 4" in each)
    problem = load_instruments(shelf).problems[0]
    assert problem.line == line
    assert problem.field.startswith("scoring.scales.")


def test_an_item_without_text_is_refused(shelf: Path) -> None:
    file = shelf / "djg6" / "text.nl.yaml"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if "Ik heb veel mensen op wie" not in line]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert "q3" in "\n".join(map(str, load_instruments(shelf).problems))


def test_the_command_prints_each_fault_and_ends_with_one(shelf: Path) -> None:
    (shelf / "djg6" / "instrument.yaml").write_text("slug: djg6\n", encoding="utf-8")
    run = CliRunner().invoke(commands, ["instruments", "check", str(shelf)])
    assert run.exit_code == 1
    assert "djg6/instrument.yaml:1: passport" in run.stderr or "passport" in run.stderr


def test_the_shipped_instruments_are_faultless() -> None:
    run = CliRunner().invoke(commands, ["instruments", "check"])
    assert (run.exit_code, run.output) == (0, "")
