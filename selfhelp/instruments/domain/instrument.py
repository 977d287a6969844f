"""An instrument as a whole: passport, specification, and the words in each language."""

from collections.abc import Mapping
from dataclasses import dataclass

from selfhelp.core.prose import Prose
from selfhelp.instruments.domain.passport import Passport
from selfhelp.instruments.domain.specification import Specification


@dataclass(frozen=True, slots=True)
class Wording:
    """The literal wording in one language, as published. Never edited."""

    language: str
    items: Mapping[str, str]
    options: Mapping[str, Mapping[int | str, str]]
    title: str | None = None
    instruction: str | None = None
    own_translation: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Our own words about a stretch of a scale."""

    text: Prose
    headline: Prose | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class ScaleWords:
    """Our own words about one scale; `no_band` where no band applies or may be shown."""

    name: Prose
    low_end: str
    high_end: str
    bands: Mapping[str, Passage]
    no_band: Passage | None = None


@dataclass(frozen=True, slots=True)
class FlagWords:
    """What a person reads when a flag is raised, clear or unknown."""

    raised: Prose | None
    clear: Prose | None
    not_known: Prose | None


@dataclass(frozen=True, slots=True)
class ContextWords:
    """How a question about the person is asked, and why."""

    ask: Prose
    why: Prose
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class InstrumentText:
    """Our own words about an instrument in one language."""

    language: str
    title: str
    measures: Prose
    for_whom: Prose
    plain: Mapping[str, Prose]
    options_plain: Mapping[str, Mapping[int | str, Prose]]
    context: Mapping[str, ContextWords]
    scales: Mapping[str, ScaleWords]
    flags: Mapping[str, FlagWords]
    cannot_say: Prose


@dataclass(frozen=True, slots=True)
class Instrument:
    """A published questionnaire, identified by slug@version."""

    specification: Specification
    passport: Passport
    theme: str
    heavy: bool
    minutes: int
    adult_norms: bool
    order: int
    texts: Mapping[str, InstrumentText]
    wordings: Mapping[str, Wording]

    @property
    def slug(self) -> str:
        """Return the short name that stands in addresses."""
        return self.specification.slug

    @property
    def asks_adults_only(self) -> bool:
        """Whether it asks for an age group that somebody under 18 has none of."""
        return any(key.id == "age" and key.ask for key in self.specification.context)

    def text(self, language: str) -> InstrumentText:
        """Return our own words in `language`, else in Dutch."""
        return self.texts.get(language) or self.texts["nl"]

    @property
    def has_wording(self) -> bool:
        """Whether its questions can be shown; if not, an organisation loads them from the owner first."""
        return bool(self.wordings)

    def wording(self, language: str) -> Wording:
        """Return the literal wording in `language`, else in the first language that has one."""
        return self.wordings.get(language) or next(iter(self.wordings.values()))
