"""A kept self-test as somebody else reads it: raw answers, those about safety first, and no level of risk."""

from collections.abc import Sequence
from dataclasses import dataclass

from selfhelp.assessments.history import hides_norms
from selfhelp.assessments.keeping import Kept
from selfhelp.assessments.presentation import written
from selfhelp.instruments.domain.instrument import Instrument


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `said` is empty where there is none."""

    number: int
    asked: str
    said: str
    is_about_safety: bool


@dataclass(frozen=True, slots=True)
class Score:
    """One shown scale, and what researchers call its score."""

    scale: str
    score: str
    band: str


def answers_of(instrument: Instrument, kept: Kept, language: str) -> Sequence[Answer]:
    """Return every answer, those about safety first."""
    wording = instrument.wording(language)
    safety = {each.item for each in instrument.specification.safety}
    found = []
    for number, item in enumerate(instrument.specification.items, 1):
        options = {str(code): words for code, words in wording.options[item.options].items()}
        said = options.get(kept.answers.get(item.id, ""), "")
        found.append(Answer(number, wording.items[item.id], said, item.id in safety))
    return sorted(found, key=lambda each: not each.is_about_safety)


def scores_of(instrument: Instrument, kept: Kept, language: str, register: str) -> Sequence[Score]:
    """Return every shown scale that has a score; without a word where its limits were made with others."""
    found = []
    for scale in instrument.specification.scales:
        score = kept.scales[scale.id].score if scale.id in kept.scales else None
        if scale.shown != "hidden" and score is not None:
            words = instrument.text(language).scales[scale.id]
            band = None if hides_norms(instrument, kept) else words.bands.get(kept.scales[scale.id].band or "")
            shown = written(score, scale.decimals, language)
            found.append(Score(words.name.by(register), shown, (band and band.label) or ""))
    return found
