"""A page with blanks shows what belongs to one answer, and nothing of the one before."""

import pytest

from selfhelp.web.blanks import END, PageWithBlanks, blank, only


def test_only_the_stretches_of_the_given_keys_are_shown() -> None:
    page = PageWithBlanks.of(f"a{only('x')}b{only('y')}c{END}d{END}e")
    assert page.filled(set(), {}) == "ae"
    assert page.filled({"x"}, {}) == "abde"
    assert page.filled({"y"}, {}) == "ae", "a stretch within a hidden one stays hidden"
    assert page.filled({"x", "y"}, {}) == "abcde"


def test_values_are_escaped_and_do_not_stay() -> None:
    page = PageWithBlanks.of(f"<b>{blank('score')}</b>")
    assert page.filled(set(), {"score": "<4>"}) == "<b>&lt;4&gt;</b>"
    assert page.filled(set(), {"score": "5"}) == "<b>5</b>"


def test_a_blank_without_a_value_fails_loudly_unless_it_is_not_shown() -> None:
    page = PageWithBlanks.of(f"{only('x')}{blank('score')}{END}")
    assert page.filled(set(), {}) == ""
    with pytest.raises(KeyError):
        page.filled({"x"}, {})


@pytest.mark.parametrize("faulty", [only("x"), END, f"{only('x')}{END}{END}"])
def test_a_template_with_uneven_marks_is_refused(faulty: str) -> None:
    with pytest.raises(ValueError, match=r"ends that did not begin|never ends"):
        PageWithBlanks.of(faulty)
