"""A copy in words: sections that a person can read and print, made from the same rows as the copy for machines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from selfhelp.care.log_words import told
from selfhelp.core.i18n import Words
from selfhelp.instruments.service import Catalogue
from selfhelp.modules.service import Trainings
from selfhelp.offer.words import clock, local, long_day
from selfhelp.privacy.copying import Copied
from selfhelp.privacy.words import HIDDEN, NAMES, TITLES, VALUES
from selfhelp.web.site import Site
from selfhelp.web.variant import Variant


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with its entries; each entry is lines of a label and a value."""

    title: str
    entries: Sequence[Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the copy is put into words: an organisation's page in a language and register."""

    site: Site
    variant: Variant
    people: Mapping[UUID, str]

    @property
    def words(self) -> Words:
        """Return the interface texts."""
        return self.variant.words

    def section(self, table: str, rows: Sequence[Mapping[str, Any]]) -> Section:
        """Return the rows of a table as a section, in the order in which they were written."""
        entries = [[line for line in self._lines(table, row) if line[1]] for row in rows]
        return Section(self.words(TITLES[table]), [each for each in entries if each])

    def _lines(self, table: str, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for name, value in row.items():
            if name in HIDDEN or value is None or value == "":
                continue
            if table == "client" and name == "stuck":
                continue
            if table == "step_entry" and name == "values":
                yield from self._filled_in(row["module_key"], row["step_key"], value)
            elif table == "kept_outcome" and name == "answers":
                yield from self._answered(row["slug"], value)
            elif table == "access_entry" and name == "event":
                yield self._label(name), self._told(row)
            elif isinstance(value, dict):
                yield from self._nested(value)
            elif text := self._value(name, value, row):
                yield self._label(name), text

    def _told(self, row: Mapping[str, Any]) -> str:
        """Return a line of the access log as its owner reads it on the page."""
        line = told(row["event"], row["what"])
        function = f" ({row['function']})" if row["function"] else ""
        who = f"{row['name']}{function}" if row["name"] else self.words("You")
        return self.words(line.sentence).format(who=who, thing=self.words(line.thing), detail=line.detail)

    def _nested(self, found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for name, value in found.items():
            if isinstance(value, dict):
                yield from self._nested(value)
            elif isinstance(value, list) and value and isinstance(value[0], dict):
                for each in value:
                    yield from self._nested(each)
            elif name not in HIDDEN and (text := self._value(name, value, {})):
                yield self._label(name), text

    def _filled_in(self, key: str, step_key: str, found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield what stands in the fields of a step, under the words of its exercises while they are offered."""
        module = self.site.part(Trainings).modules.get(key)
        step = next((each for each in module.steps if each.key == step_key), None) if module else None
        text = module.step_text(step, self.variant.language)[0] if module and step else None
        for name, (value, revision, *_rest) in found.get("fields", {}).items():
            exercise = text.exercises.get(name.partition("-")[0]) if text else None
            options = {key: words.by(self.variant.register) for key, words in exercise.options.items()} if exercise else {}
            chosen = [options.get(each, each) for each in value] if isinstance(value, list) else options.get(value, value)
            if shown := self._listed(chosen):
                label = exercise.label.by(self.variant.register) if exercise else name
                hand = found.get("hands", {}).get(str(revision))
                yield f"{label} ({self.words('together with {name}', name=hand[1])})" if hand else label, shown

    def _answered(self, slug: str, found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield the answers to a self-test in its own words, and its scores, while it is still offered."""
        instrument = self.site.part(Catalogue).instruments.get(slug)
        if instrument is None:
            yield from self._nested(found)
            return
        wording, text = instrument.wording(self.variant.language), instrument.text(self.variant.language)
        for item in instrument.specification.items:
            options = {str(code): words for code, words in wording.options[item.options].items()}
            yield wording.items[item.id], options.get(found["answers"].get(item.id, ""), "")
        for scale in instrument.specification.scales:
            score = found["scales"].get(scale.id, [None])[0]
            if scale.shown != "hidden" and score is not None:
                yield text.scales[scale.id].name.by(self.variant.register), str(score)

    def _value(self, name: str, value: Any, row: Mapping[str, Any]) -> str:
        if name == "module_key":
            module = self.site.part(Trainings).modules.get(value)
            return module.text(self.variant.language).title.by(self.variant.register) if module else str(value)
        if name == "step_key":
            return self._step(row["module_key"], value)
        if name == "slug":
            instrument = self.site.part(Catalogue).instruments.get(value)
            return instrument.text(self.variant.language).title if instrument else str(value)
        if isinstance(value, UUID):
            return self.people.get(value, "")
        known = VALUES.get("kind" if name == "phase" else name, {})
        if isinstance(value, list):
            return self._listed([self.words(known[each]) if each in known else each for each in value])
        return self.words(known[value]) if isinstance(value, str) and value in known else self._listed(value)

    def _step(self, key: str, step_key: str) -> str:
        module = self.site.part(Trainings).modules.get(key)
        step = next((each for each in module.steps if each.key == step_key), None) if module else None
        if module is None or step is None:
            return step_key
        return module.step_text(step, self.variant.language)[0].title.by(self.variant.register)

    def _listed(self, value: Any) -> str:
        if isinstance(value, datetime):
            at = local(value, self.site.zone)
            return f"{long_day(at, self.words)}, {clock(at, self.words)}"
        if isinstance(value, date):
            return long_day(value, self.words)
        if isinstance(value, bool):
            return "✓" if value else ""
        if isinstance(value, list | tuple):
            return ", ".join(filter(None, map(self._listed, value)))
        return "" if value is None else str(value)

    def _label(self, name: str) -> str:
        return self.words(NAMES[name]) if name in NAMES else name.replace("_", " ")


def sections(copied: Copied, site: Site, variant: Variant) -> Sequence[Section]:
    """Return a copy in words, empty tables left out."""
    reader = Reader(site, variant, copied.people)
    found = [reader.section(table, copied.tables[table]) for table in TITLES if table in copied.tables]
    return [each for each in found if each.entries]
