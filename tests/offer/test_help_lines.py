"""Help lines: a wrong digit is a safety defect."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from selfhelp.core.errors import RefusedFile
from selfhelp.core.resources import folder
from selfhelp.offer.domain.help_lines import foot_lines, order_lines
from selfhelp.offer.loader import read_help_lines

FILE = folder("content") / "help_lines.yaml"
LINES = read_help_lines(FILE)


@pytest.mark.parametrize("line", [line for line in LINES if line.phone], ids=lambda line: line.key)
def test_a_line_dials_the_digits_it_shows(line) -> None:
    assert re.sub(r"\D", "", line.phone) == re.sub(r"\D", "", line.tel)


def test_the_lines_that_matter_most_have_their_numbers() -> None:
    by_key = {line.key: line for line in LINES}
    shown = {key: by_key[key].tel for key in ("be-112", "nl-112", "zelfmoordlijn", "113", "tele-onthaal", "awel")}
    assert shown == {
        "be-112": "112",
        "nl-112": "112",
        "zelfmoordlijn": "1813",
        "113": "113",
        "tele-onthaal": "106",
        "awel": "102",
    }


def test_a_file_with_another_number_behind_a_shown_one_is_refused(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    changed = re.sub(r'tel: "?1813"?', 'tel: "1814"', text, count=1)
    assert changed != text
    (tmp_path / "help_lines.yaml").write_text(changed, encoding="utf-8")
    with pytest.raises(RefusedFile, match="other digits"):
        read_help_lines(tmp_path / "help_lines.yaml")


@pytest.mark.parametrize("country", ["be-vl", "be-bru", "nl"])
def test_only_lines_of_the_own_country_are_shown(country: str) -> None:
    found = order_lines(LINES, country, "nl", young=False)
    assert {line.country.partition("-")[0] for line in found} == {country.partition("-")[0]}
    assert found[0].urgent
    assert [line.tel for line in foot_lines(LINES, country)] == (["112", "1813"] if country != "nl" else ["112", "113"])


@pytest.mark.parametrize(("country", "first"), [("be-vl", "awel"), ("nl", "kindertelefoon")])
def test_someone_young_sees_the_lines_for_young_people_first(country: str, first: str) -> None:
    young = [line.key for line in order_lines(LINES, country, "nl", young=True) if not line.urgent]
    grown = [line.key for line in order_lines(LINES, country, "nl", young=False) if not line.urgent]
    assert young.index(first) < 4
    assert grown.index(first) > young.index(first)


def test_a_line_goes_stale_after_ninety_days() -> None:
    checked = date(2026, 1, 1)
    for line in LINES:
        assert line.verified_on is not None or line.is_stale(checked)
    from dataclasses import replace

    line = replace(LINES[0], verified_on=checked)
    assert not line.is_stale(checked + timedelta(days=90))
    assert line.is_stale(checked + timedelta(days=91))


def test_every_line_says_where_it_was_found() -> None:
    assert all(line.source.strip() for line in LINES)
