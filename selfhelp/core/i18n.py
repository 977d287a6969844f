"""Interface texts by language and register, from Babel catalogues, without Flask.

Messages are written in English in code and templates. `translations/<lang>.po` holds a language, `<lang>_je.po` only
what its informal register says differently. A new language is a new file: no code changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from selfhelp.core.resources import folder

SOURCE_LANGUAGE = "en"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language in one register."""

    language: str
    register: str
    messages: Mapping[str, str]

    @property
    def direction(self) -> str:
        """Return `rtl` for languages written from right to left, else `ltr`."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def __call__(self, message: str, **values: object) -> str:
        """Return `message` translated, with `{name}` replaced by the values given."""
        text = self.messages.get(message, message)
        return text.format(**values) if values else text


def mark(message: str) -> str:
    """Mark a message that is translated later, where its language is known; extraction looks for this name."""
    return message


def languages() -> list[str]:
    """Return every language that has a catalogue, and the source language."""
    return sorted({path.stem for path in folder("translations").glob("??.po")} | {SOURCE_LANGUAGE})


@cache
def words(language: str, register: str) -> Words:
    """Return the texts for a language and register; what a register lacks comes from the language."""
    root = folder("translations")
    messages = _messages(root / f"{language}.po")
    if register != "u":
        messages = {**messages, **_messages(root / f"{language}_{register}.po")}
    return Words(language, register, messages)


def _messages(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file)
    return {
        str(message.id): str(message.string) for message in catalogue if message.id and message.string and not message.fuzzy
    }
