"""No sentence of ours promises what only a medical device may (EU 2017/745, article 2(12): texts and advertising count)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from selfhelp.core.resources import folder
from selfhelp.core.strict_yaml import read_document
from tools.i18n import found_messages
from tools.machine import ROOT

CLAIM = re.compile(
    r"\bdiagnos|\bdetecte|\bdetect(s|ed|ion)?\b|\bscreen(t|en|s|ing)? (u|je|you|op|for)\b|\bvoorspel|\bpredict|\bbehandel"
    r"|(?<!ill-)\btreat(s|ed|ment)?\b|\bgenees|\bgeneest|\bcures?\b|risico-?score|risk[- ]score"
    r"|\b(u|je) (hebt|heeft|hebben) een depressie|you have (a )?depression",
    re.IGNORECASE,
)
ALLOWED_FILE = ROOT / "tests" / "meta" / "claims_allowed.txt"
NOT_OURS = {"wording", "citations", "name", "source", "copyright", "key", "slug", "doi"}


def allowed() -> dict[str, str]:
    """Return whole sentences and why each may stand."""
    pairs = (
        line.split(" | ", 1) for line in ALLOWED_FILE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
    )
    return {sentence.strip(): reason.strip() for sentence, reason in pairs}


def sentences(text: str) -> list[str]:
    """Split at the end of sentences."""
    return [each.strip() for each in re.split(r"(?<=[.!?:;])\s+|\n", text) if each.strip()]


def texts_in(value: Any) -> Iterator[str]:
    """Yield our own texts in a data file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in NOT_OURS:
                yield from texts_in(each)


def texts_of_files() -> Iterator[tuple[str, str]]:
    for root in (folder("selftests"), folder("content")):
        for path in sorted(root.rglob("*.yaml")):
            if path.name != "cases.yaml":
                for text in texts_in(read_document(path, path.name).value):
                    yield str(path.relative_to(root)), text


def our_texts() -> Iterator[tuple[str, str]]:
    """Yield every text of ours with where it stands."""
    yield from texts_of_files()
    for path in sorted(folder("content").rglob("*.md")):
        yield str(path.relative_to(folder("content"))), path.read_text(encoding="utf-8")
    for path in sorted(folder("translations").glob("*.po")):
        with path.open("rb") as file:
            yield from ((path.name, str(message.string)) for message in read_po(file) if message.id)
    yield from (("messages", str(message.id)) for message in found_messages() if message.id)
    for path in (ROOT / "README.md", *sorted((ROOT / "templates").rglob("*.html"))):
        yield path.name, re.sub(r"\{[{%#].*?[}%#]\}|`[^`]*`", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_no_text_claims_what_we_do_not_do() -> None:
    may = allowed()
    found = [
        f"{where}: {sentence}"
        for where, text in our_texts()
        for sentence in sentences(text)
        if CLAIM.search(sentence) and sentence not in may
    ]
    assert not found, "\n".join(sorted(set(found)))


def test_every_exception_is_used_and_has_a_reason() -> None:
    said = {sentence for _, text in our_texts() for sentence in sentences(text)}
    for sentence, reason in allowed().items():
        assert sentence in said, f"no longer said: {sentence}"
        assert len(reason) > 10


@pytest.mark.parametrize(
    "text",
    [
        "Deze test diagnosticeert niets.",
        "Wij detecteren depressie.",
        "Deze test voorspelt uw risico.",
        "U hebt een depressie.",
        "We treat loneliness.",
    ],
)
def test_the_linter_sees_a_claim(text: str) -> None:
    assert CLAIM.search(text)


def test_the_linter_reads_every_kind_of_text() -> None:
    where = {name for name, _ in our_texts()}
    assert {"nl.po", "README.md", "messages", "themes.yaml", "djg6/text.nl.yaml"} <= where
    assert Path(ALLOWED_FILE).exists()
