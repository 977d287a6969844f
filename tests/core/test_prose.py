"""One text, several languages and registers: whoever asks gets words, in the best language there is."""

import pytest

from selfhelp.core.prose import Prose, in_language

DUTCH = Prose("Wilt u praten?", "Wil je praten?")
ENGLISH = Prose("Do you want to talk?", "Do you want to talk?")


@pytest.mark.parametrize(("register", "expected"), [("u", DUTCH.formal), ("je", DUTCH.informal), ("", DUTCH.formal)])
def test_only_the_informal_register_is_informal(register: str, expected: str) -> None:
    assert DUTCH.by(register) == expected


@pytest.mark.parametrize(
    ("texts", "language", "expected"),
    [
        ({"nl": DUTCH, "en": ENGLISH}, "en", ENGLISH),
        ({"nl": DUTCH, "en": ENGLISH}, "fr", DUTCH),
        ({"en": ENGLISH}, "nl", ENGLISH),
        ({"nl": DUTCH}, "ar", DUTCH),
    ],
)
def test_a_language_falls_back_to_dutch_and_then_to_whatever_there_is(
    texts: dict[str, Prose], language: str, expected: Prose
) -> None:
    assert in_language(texts, language) == expected


def test_the_fallback_may_be_another_language() -> None:
    assert in_language({"nl": DUTCH, "en": ENGLISH}, "fr", fallback="en") == ENGLISH
