"""Text for people: by language where a file serves several, by register (`u`, `je`) where Dutch differs."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prose:
    """One text in one language, formal and informal. In a language without that difference both are the same."""

    formal: str
    informal: str

    def by(self, register: str) -> str:
        """Return the text for `register` (`je` is informal, everything else formal)."""
        return self.informal if register == "je" else self.formal


Localised = Mapping[str, Prose]
"""Language to prose."""


def in_language(text: Localised, language: str, fallback: str = "nl") -> Prose:
    """Return the text in `language`, else in `fallback`, else in whichever language it has."""
    return text.get(language) or text.get(fallback) or next(iter(text.values()))
