"""The fields that our data files share: what they read, what they refuse, and where they say a fault stands."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from marshmallow import Schema, ValidationError, fields

from selfhelp.core.errors import RefusedFile
from selfhelp.core.fields import ByKey, Day, Languages, Number, Registers, StrictSchema, Text, Whole, load, one_of
from selfhelp.core.prose import Prose
from selfhelp.core.strict_yaml import read_document


class Inner(StrictSchema):
    key = Text(required=True)
    value = Whole(required=True)


class Sample(StrictSchema):
    name = Text(required=True)
    day = Day(data_key="from")
    rows = fields.List(fields.Nested(Inner))
    by_name = ByKey(keys=one_of("a", "b"), values=fields.Nested(Inner))
    counts = ByKey(keys=Text(), values=ByKey(keys=fields.Raw(), values=Whole()))


def said(folder: Path, text: str, schema: Schema | None = None) -> list[str]:
    (folder / "s.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RefusedFile) as found:
        load(schema or Sample(), read_document(folder / "s.yaml", "s.yaml"))
    return [str(problem) for problem in found.value.problems]


def refusal(field: fields.Field[Any], value: object) -> str:
    with pytest.raises(ValidationError) as found:
        field.deserialize(value)
    return str(found.value.messages)


@pytest.mark.parametrize("value", ["", "  \n", 5, True, Fraction(1, 2), ["x"], {"x": "y"}])
def test_a_text_is_a_text_and_not_empty(value: object) -> None:
    assert "must be a text that is not empty" in refusal(Text(), value)


def test_a_text_loses_the_white_space_around_it() -> None:
    assert Text().deserialize("  Kerkstraat 12\n") == "Kerkstraat 12"


@pytest.mark.parametrize("value", ["5", True, Fraction(5, 2), Fraction(5), [5]])
def test_a_whole_number_is_written_as_one(value: object) -> None:
    assert "must be a whole number" in refusal(Whole(), value)
    assert Whole().deserialize(-5) == -5


@pytest.mark.parametrize("value", ["5", True, "1e3", [1]])
def test_a_number_is_exact_or_refused(value: object) -> None:
    assert "must be a number" in refusal(Number(), value)
    assert Number().deserialize(Fraction(1, 10)) == Fraction(1, 10)
    assert type(Number().deserialize(3)) is Fraction


@pytest.mark.parametrize(
    "value", ["20261231", "2026-W53-4", "2026-13-01", "2026-02-30", "31-12-2026", "soon", 20261231, "٢٠٢٦-١٢-٣١"]
)
def test_a_day_is_written_in_one_way(value: object) -> None:
    assert "must be a date as 2026-12-31" in refusal(Day(), value)
    assert Day().deserialize("2028-02-29") == date(2028, 2, 29)


def test_registers_are_one_text_or_both() -> None:
    assert Registers().deserialize(" U mag. ") == Prose("U mag.", "U mag.")
    assert Registers().deserialize({"u": "U mag.", "je": "Je mag."}) == Prose("U mag.", "Je mag.")
    for value in (
        {"u": "U mag."},
        {"u": "U mag.", "je": ""},
        {"u": "U", "je": "Je", "jij": "Jij"},
        {"u": 1, "je": 2},
        "",
        1,
    ):
        assert "one for `je`" in refusal(Registers(), value)


def test_languages_are_one_text_for_all_or_dutch_and_english_at_least() -> None:
    both = {"nl": {"u": "U", "je": "Je"}, "en": "You", "fr": "Vous"}
    assert Languages().deserialize(both) == {"nl": Prose("U", "Je"), "en": Prose("You", "You"), "fr": Prose("Vous", "Vous")}
    assert Languages().deserialize("112") == {"nl": Prose("112", "112")}
    for value in ({"nl": "U"}, {"en": "You"}, {"u": "U", "je": "Je"}, ["U"], 112):
        assert "texts for `nl` and `en`" in refusal(Languages(), value)
    for key in ("nl-BE", "NL", 1):
        assert "is no language" in refusal(Languages(), {"nl": "U", "en": "You", key: "x"})
    assert "must be a text" in refusal(Languages(), {"nl": "U", "en": ""})


def test_every_fault_is_told_in_the_order_of_the_file(tmp_path: Path) -> None:
    assert said(tmp_path, "# a remark\nnaam: x\nfrom: never\n") == [
        "s.yaml:2: name: missing data for required field",
        "s.yaml:2: naam: unknown field",
        "s.yaml:3: from: must be a date as 2026-12-31",
    ]


def test_fields_called_key_and_value_are_named_like_any_other(tmp_path: Path) -> None:
    assert said(tmp_path, "name: x\nrows:\n  - key: a\n    value: b\n  - value: 1\n") == [
        "s.yaml:4: rows.0.value: must be a whole number",
        "s.yaml:5: rows.1.key: missing data for required field",
    ]


def test_a_fault_inside_values_by_key_stands_at_that_key(tmp_path: Path) -> None:
    text = "name: x\nby_name:\n  a: {key: k, value: 1}\n  c:\n    key: k\n    value: z\ncounts:\n  d:\n    0: one\n"
    assert said(tmp_path, text) == [
        "s.yaml:4: by_name.c: must be one of: a, b",
        "s.yaml:6: by_name.c.value: must be a whole number",
        "s.yaml:9: counts.d.0: must be a whole number",
    ]
    assert said(tmp_path, "name: x\nby_name: [a]\n") == ["s.yaml:2: by_name: not a valid mapping type"]


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n", "5\n"])
def test_a_file_without_fields_is_refused(text: str, tmp_path: Path) -> None:
    assert said(tmp_path, text) == ["s.yaml:1: must hold fields, `name: value`"]
