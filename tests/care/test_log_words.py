"""Every kind of line has its words, and whatever the code writes is one of these kinds."""

import ast
from collections.abc import Iterator

import pytest

from selfhelp.care.domain import Event
from selfhelp.care.log_words import DEEDS, KEYS, NEW_DEVICE, PLAIN, SOMETHING, THINGS, key_of, told
from selfhelp.care.sharing import KINDS
from selfhelp.core.i18n import words
from tests.meta.sources import modules

WRITERS = {"opened": 3, "note_search": 2, "note": None, "append": None}
"""Functions that write a line, and the place of `what` among what they are called with."""
ALL = [(event, key) for event in Event for key in sorted(KEYS)]


def written() -> Iterator[tuple[str, str]]:
    """Yield where a line is written and how its `what` begins, as far as the code says so in letters."""
    for path, tree in modules().items():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name not in WRITERS:
                continue
            place = WRITERS[name]
            given = [each.value for each in call.keywords if each.arg == "what"]
            given += call.args[place : place + 1] if place else []
            for what in given:
                first = what.values[0] if isinstance(what, ast.JoinedStr) else what
                if isinstance(first, ast.Constant):
                    yield f"{path}:{call.lineno}", str(first.value).rstrip(": ")


def test_every_kind_that_the_code_writes_has_its_words() -> None:
    found = dict(written())
    assert len(found) > 30
    unknown = {where: what for where, what in found.items() if not key_of(what)}
    assert unknown == {}, "give it words in selfhelp/care/log_words.py"


def test_every_kind_of_sharing_has_its_words() -> None:
    for kind in KINDS:
        for what in (f"{kind} shared", f"{kind} no longer shared"):
            assert key_of(what) == what


@pytest.mark.parametrize("register", ["u", "je"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_sentence_can_be_said_and_leaves_nothing_open(language: str, register: str) -> None:
    say = words(language, register)
    for event, key in ALL:
        line = told(event.value, f"{key} x")
        sentence = say(line.sentence).format(who="Mieke", thing=say(line.thing), detail=line.detail)
        assert "{" not in sentence
        assert len(sentence) > 8
        if language == "nl" and register == "je":
            assert not {"u", "uw", "U", "Uw"} & set(sentence.split()), sentence


def test_the_longest_key_counts_and_only_as_whole_words() -> None:
    assert key_of("step administratie-op-orde a1: done") == "step"
    assert key_of("step shared") == "step shared"
    assert key_of("stepping stones") == ""
    assert key_of("closing: looked back") == "closing"
    assert told("read", "something nobody thought of").thing == SOMETHING
    assert told("log_in", f"{NEW_DEVICE}: Chrome, Android").detail == "Chrome, Android"
    assert told("log_in", NEW_DEVICE).sentence == PLAIN[Event.LOG_IN]


def test_no_words_lie_about_unused() -> None:
    assert {key for _event, key in DEEDS} <= KEYS
    assert set(PLAIN) == set(Event)
    assert all(len(f"{key}: ") < 120 for key in THINGS)
