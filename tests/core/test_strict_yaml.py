"""Files that people write are read strictly, and what is refused is named with file, line and field."""

from fractions import Fraction
from pathlib import Path

import pytest

from selfhelp.core.errors import Problem, RefusedFile
from selfhelp.core.strict_yaml import MAX_BYTES, MAX_DEPTH, MAX_NODES, Document, read_document


def read(folder: Path, text: str | bytes) -> Document:
    path = folder / "sample.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return read_document(path, "brug/sample.yaml")


def refused(folder: Path, text: str | bytes) -> Problem:
    with pytest.raises(RefusedFile) as found:
        read(folder, text)
    (problem,) = found.value.problems
    assert problem.file == "brug/sample.yaml"
    return problem


REFUSED = {
    "an alias bomb": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 1, "", "anchors and aliases are not allowed"),
    "an anchor nobody uses": ("a: 1\nb: &b 2\n", 2, "", "anchors and aliases are not allowed"),
    "an alias of nothing": ("a: 1\nb: *c\n", 2, "", "anchors and aliases are not allowed"),
    "a key given twice": ("a:\n  b: 1\n  c: 2\n  b: 3\n", 4, "a.b", "stands here twice"),
    "a number as key twice": ("0: a\n0: b\n", 2, "0", "stands here twice"),
    "not a number": ("a: 1\nb:\n  - 1\n  - .nan\n", 4, "b.1", "is not a number that can be counted with"),
    "not a number, written otherwise": ("a: .NaN\n", 1, "a", "is not a number that can be counted with"),
    "infinity": ("a: -.inf\n", 1, "a", "is not a number that can be counted with"),
    "a Python object": ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "", "tags are not allowed"),
    "a harmless tag": ("a: !!str 5\n", 1, "", "tags are not allowed"),
    "a tag without a name": ("a: ! x\n", 1, "", "tags are not allowed"),
    "a list as key": ("a: 1\n? [b, c]\n: d\n", 2, "", "a key must be a word or a whole number"),
    "true as key": ("a:\n  true: x\n", 2, "a", "a key must be a word or a whole number"),
    "a fraction as key": ("1.5: x\n", 1, "", "a key must be a word or a whole number"),
    "two documents": ("a: 1\n---\nb: 2\n", 2, "", "but found another document"),
    "a tab": ("a:\n\tb: 2\n", 2, "", "found character that cannot start any token"),
    "half a surrogate": ('a: 1\nb: "\\ud800"\n', 2, "", "found invalid Unicode character escape code"),
    "a mark of a page with blanks": ('a: 1\nb: ["\\x01/\\x02"]\n', 2, "b.0", "holds a control character"),
    "a colour of a terminal": ('a: "\\e[1m"\n', 1, "a", "holds a control character"),
    "a list that never ends": ("a: [1\nb: 2\n", 2, "", "did not find expected ',' or ']'"),
    "a null byte": (b"a: \x00\n", None, "", "is not YAML"),
    "another encoding": ("a: café\n".encode("latin-1"), None, "", "is not UTF-8"),
    "UTF-16": ("a: 1\n".encode("utf-16"), None, "", "is not UTF-8"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_named_with_line_field_and_reason(name: str, tmp_path: Path) -> None:
    text, line, field, reason = REFUSED[name]
    problem = refused(tmp_path, text)
    assert (problem.line, problem.field, problem.reason) == (line, field, reason)


def test_a_bomb_of_three_hundred_bytes_costs_nothing(tmp_path: Path) -> None:
    levels = [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 10)]
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(levels)
    assert "anchors" in refused(tmp_path, bomb).reason


@pytest.mark.parametrize("piece", ["[", "{a: ", "- ", "? "])
def test_a_hundred_thousand_levels_are_refused_at_the_first_too_many(piece: str, tmp_path: Path) -> None:
    assert "levels" in refused(tmp_path, piece * (280_000 // len(piece))).reason


def test_as_many_levels_as_allowed_are_read(tmp_path: Path) -> None:
    value = read(tmp_path, "[" * MAX_DEPTH + "]" * MAX_DEPTH).value
    for _ in range(MAX_DEPTH - 1):
        (value,) = value
    assert value == []
    assert "levels" in refused(tmp_path, "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).reason


def test_a_file_of_many_small_values_is_refused(tmp_path: Path) -> None:
    assert str(MAX_NODES) in refused(tmp_path, "- 1\n" * (MAX_NODES + 1)).reason


def test_a_huge_file_is_refused_before_it_is_read_as_yaml(tmp_path: Path) -> None:
    assert read(tmp_path, b"a: 1 #".ljust(MAX_BYTES, b"x")).value == {"a": 1}
    assert refused(tmp_path, b"&".ljust(MAX_BYTES + 1, b"x")).reason == f"larger than {MAX_BYTES} bytes"


def test_a_file_that_cannot_be_read_is_a_refused_file(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.yaml", tmp_path):
        with pytest.raises(RefusedFile, match=r"^x\.yaml: cannot be read: "):
            read_document(path, "x.yaml")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("true", True),
        ("false", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("-3", -3),
        ("0", 0),
        ("2.50", Fraction(5, 2)),
        ("0.1", Fraction(1, 10)),
        # Words that YAML 1.1 takes for booleans, numbers, times and dates; here they are what they look like.
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("True", "True"),
        ("NULL", "NULL"),
        ("nan", "nan"),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        ("12:30", "12:30"),
        ("2026-12-31", "2026-12-31"),
        ("12345678901234567890", "12345678901234567890"),
        ('"5"', "5"),
        ("'true'", "true"),
        ('".nan"', ".nan"),
        ("<<", "<<"),
    ],
)
def test_a_plain_word_means_what_it_looks_like(written: str, expected: object, tmp_path: Path) -> None:
    value = read(tmp_path, f"a: {written}\n").value["a"]
    assert (type(value), value) == (type(expected), expected)


@pytest.mark.parametrize("text", ["a: 1\nb: [x, y]\n", "a: 1\r\nb: [x, y]\r\n", "\ufeffa: 1\nb: [x, y]\n"])
def test_an_editor_of_any_system_may_have_written_it(text: str, tmp_path: Path) -> None:
    document = read(tmp_path, text)
    assert document.value == {"a": 1, "b": ["x", "y"]}
    assert document.lines[("b",)] == 2


def test_an_empty_file_is_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "").value is None
    assert read(tmp_path, "# only a remark\n").value is None


def test_a_problem_stands_at_the_nearest_field_that_is_in_the_file(tmp_path: Path) -> None:
    document = read(tmp_path, "a: 1\nb:\n  c:\n    - d: 2\n    - e: 3\n")
    assert str(document.problem(("b", "c", 1, "e"), "wrong")) == "brug/sample.yaml:5: b.c.1.e: wrong"
    assert str(document.problem(("b", "c", 1, "f", "g"), "missing")) == "brug/sample.yaml:5: b.c.1.f.g: missing"
    assert str(document.problem(("z",), "missing")) == "brug/sample.yaml:1: z: missing"
    assert str(document.problem((), "wrong")) == "brug/sample.yaml:1: wrong"
