"""A faulty offer is refused with file, line, field and reason, by the loader and by the command."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from selfhelp.cli import commands
from selfhelp.core.resources import folder


def changed(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text, f"the sample no longer holds {old!r}"
        return text.replace(old, new, 1)

    return change


FAULTS = {
    "an hour that ends before it begins": (changed("09:00-", "19:00-"), "must end later than it begins"),
    "a day that is none": (changed("mon:", "mun:"), "mun is no day"),
    "a zone that is none": (changed("Europe/Brussels", "Europe/Hasselt"), "zone"),
    "an exit without https": (changed("https://www.meteo.be", "http://www.meteo.be"), "exit_url"),
    "a host with a port": (changed("hosts: [localhost", 'hosts: ["localhost:80"'), "hosts"),
    "a misspelt field": (changed("neutral_name:", "neutral:"), "neutral"),
    "Dutch not first": (changed("languages: [nl, en]", "languages: [en, nl]"), "Dutch (nl) comes first"),
    "a training nobody described": (changed("modules: [", "modules: [juggling, "), "there is no training juggling"),
    "no YAML at all": (lambda _text: "{{{", "offer.yaml"),
}


def check(data: Path) -> Result:
    return CliRunner().invoke(commands, ["offer", "check"], env={"SELFHELP_MODE": "demo", "SELFHELP_FOLDER": str(data)})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(folder("content") / "demo", tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_the_demo_offers_are_faultless(data: Path) -> None:
    result = check(data)
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_named_with_its_file_and_ends_with_one(name: str, data: Path) -> None:
    change, reason = FAULTS[name]
    path = data / "brug" / "offer.yaml"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    result = check(data)
    assert result.exit_code == 1
    assert reason in result.output
    assert all(line.startswith(("brug/offer.yaml", "warning: ")) for line in result.output.splitlines()), result.output


def test_a_fault_is_named_with_its_line(data: Path) -> None:
    path = data / "brug" / "offer.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines, 1) if "zone:" in line)
    lines[at - 1] = "  zone: Mars/Olympus"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert f"brug/offer.yaml:{at}: organisation.zone: " in check(data).output


def test_both_organisations_are_checked_also_after_one_with_faults(data: Path) -> None:
    for key in ("anker", "brug"):
        (data / key / "offer.yaml").write_text("[]", encoding="utf-8")
    output = check(data).output
    assert "anker/offer.yaml" in output
    assert "brug/offer.yaml" in output
