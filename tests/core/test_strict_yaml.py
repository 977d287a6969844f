"""Files that people wrote are read strictly: what could mean two things, or too much, is refused with its line."""

from fractions import Fraction
from pathlib import Path

import pytest

from selfhelp.core.errors import RefusedFile
from selfhelp.core.strict_yaml import MAX_BYTES, MAX_DEPTH, read_document


def read(tmp_path: Path, text: str | bytes) -> object:
    path = tmp_path / "a.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_document(path, "a.yaml").value


def test_words_that_older_yaml_takes_for_booleans_stay_words(tmp_path: Path) -> None:
    assert read(tmp_path, "a: nee\nb: no\nc: on\nd: true\ne: ~\nf: 'true'") == {
        "a": "nee", "b": "no", "c": "on", "d": True, "e": None, "f": "true",
    }  # fmt: skip


def test_decimals_are_exact_and_codes_keep_their_zeros(tmp_path: Path) -> None:
    assert read(tmp_path, "a: 0.1\nb: 12\nc: 007\nd: 1_000\ne: 0x10\nf: 1e3") == {
        "a": Fraction(1, 10), "b": 12, "c": "007", "d": "1_000", "e": "0x10", "f": "1e3",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: 1\nb: &x [1]\nc: *x", 2, "anchors and aliases"),
        ("a: 1\nb: !!python/name:os.system", 2, "tags"),
        ("a: 1\na: 2", 2, "stands here twice"),
        ("a: 1\nb:\n  c: .nan", 3, "not a number"),
        ("a: -.inf", 1, "not a number"),
        ("[1, 2]: 3", 1, "a key must be"),
        ("true: 3", 1, "a key must be"),
        ("a: [1\nb: 2", 2, "expected"),
        ("[" * (MAX_DEPTH + 1), 1, "levels"),
    ],
)
def test_what_is_refused_is_named_with_its_line(text: str, line: int, reason: str, tmp_path: Path) -> None:
    with pytest.raises(RefusedFile) as refused:
        read(tmp_path, text)
    (problem,) = refused.value.problems
    assert problem.line == line
    assert reason in problem.reason


def test_a_bomb_of_three_hundred_bytes_costs_nothing(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
    )
    with pytest.raises(RefusedFile, match="anchors"):
        read(tmp_path, bomb)


def test_too_much_or_not_text_is_refused(tmp_path: Path) -> None:
    for text, reason in ((b"a: \xff", "UTF-8"), (b"x" * (MAX_BYTES + 1), "larger"), (b"- x\n" * 25_000, "more than")):
        with pytest.raises(RefusedFile, match=reason):
            read(tmp_path, text)
    with pytest.raises(RefusedFile, match="cannot be read"):
        read_document(tmp_path / "nothing.yaml", "nothing.yaml")
