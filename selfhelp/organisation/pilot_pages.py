"""The figures of a pilot in words: labels of bands, and every number as a line of a table."""

from collections.abc import Iterator, Mapping

from selfhelp.assessments.counting import main_scale
from selfhelp.core.i18n import Words
from selfhelp.core.spreadsheet import Cell
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.organisation.labels import COUNTED, HEADING, HIDDEN, MOMENTS, PHASES, USE, WAY_COLUMNS, WAYS
from selfhelp.oversight.pilot import Figures
from selfhelp.web.variant import Variant


def band_labels(found: Figures, variant: Variant) -> Mapping[str, list[str]]:
    """Return the labels of the bands that may be shown, by instrument, the lowest first."""
    return {each.instrument.slug: _labels(each.instrument, variant) for each in found.answers}


def _labels(instrument: Instrument, variant: Variant) -> list[str]:
    scale = main_scale(instrument)
    if scale is None:
        return []
    passages = instrument.text(variant.language).scales[scale.id].bands
    return [passages[band.key].label or band.key for band in scale.bands]


def csv_rows(found: Figures, variant: Variant) -> Iterator[list[Cell]]:
    """Return the figures one a line: what it is about, which, what was counted, the number."""
    words: Words = variant.words
    period = f"{found.period.first_on} / {found.period.last_on}"
    yield [words(each) for each in HEADING]
    for place, goal in (found.goals.goals if found.goals else {}).items():
        name = words("Goal {number}", number=place)
        yield [name, goal.words, words("target"), goal.target, period]
        yield [name, goal.words, words(COUNTED[goal.counted]), found.counted[goal.counted], period]
    for kind, count in found.counted.items():
        yield [words("Altogether"), "", words(COUNTED[kind]), count, period]
    for each in found.trainings:
        title = each.module.text(variant.language).title.by(variant.register)
        for name, label in USE.items():
            yield [words("Trainings"), title, words(label), getattr(each, name), period]
    for way, counts in found.ways.items():
        for name, label in WAY_COLUMNS.items():
            yield [words("Ways"), words(WAYS[way]), words(label), counts[name], period]
    for phase, count in found.phases.items():
        yield [words("Phases now"), words(PHASES[phase.value]), words("clients"), count, ""]
    yield from _small_counts(found, variant)


def _small_counts(found: Figures, variant: Variant) -> Iterator[list[Cell]]:
    """Return the tables of small counts; what is hidden on the page is hidden here."""
    words = variant.words
    for each in found.trainings:
        title = each.module.text(variant.language).title.by(variant.register)
        for moment, label in MOMENTS.items():
            yield [
                words("Where in the help a training began"),
                title,
                words(label),
                _or_hidden(each.moments[moment], words),
                "",
            ]
    labels = band_labels(found, variant)
    for answer in found.answers:
        for label, count in zip(labels[answer.instrument.slug], answer.counts, strict=True):
            yield [words("Answers"), answer.instrument.slug, label, _or_hidden(count, words), ""]


def _or_hidden(count: int | None, words: Words) -> Cell:
    return words(HIDDEN) if count is None else count
