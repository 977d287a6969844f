"""A copy in words: sections that a person can read and print, made from the same rows as the copy for machines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from selfhelp.core.i18n import Words, mark
from selfhelp.instruments.service import Catalogue
from selfhelp.modules.service import Trainings
from selfhelp.offer.words import clock, local, long_day
from selfhelp.privacy.copying import Copied
from selfhelp.web.site import Site
from selfhelp.web.variant import Variant

TITLES: Mapping[str, str] = {
    "client": mark("About you"),
    "phase": mark("Phases of the help"),
    "sign_up": mark("How it began"),
    "assignment": mark("Who helped you"),
    "appointment": mark("Talks"),
    "report": mark("What both of you say of the talks"),
    "promise": mark("What was promised"),
    "wish": mark("What you wanted to talk about"),
    "watched_date": mark("Dates that you kept in view"),
    "agreement": mark("How we work together"),
    "consent": mark("What you agreed to"),
    "module_run": mark("Your trainings"),
    "step_progress": mark("Steps"),
    "step_entry": mark("What you filled in"),
    "step_photo": mark("Pictures that you sent"),
    "kept_outcome": mark("Kept self-tests"),
    "share": mark("What you share"),
    "closing": mark("How it was rounded off"),
    "contact": mark("When we were in touch"),
    "account": mark("How you log in"),
    "live_session": mark("Where you are logged in"),
    "passkey": mark("Your passkeys"),
    "access_entry": mark("Who looked into your file"),
    "access_report": mark("What you said was not right"),
    "access_grant": mark("Colleagues who opened your file for a reason"),
}
"""Every table of a copy with its heading, what matters most first."""

NAMES: Mapping[str, str] = {
    "name": mark("Name"),
    "words": mark("Words"),
    "kind": mark("Kind"),
    "state": mark("How far"),
    "phase": mark("Phase"),
    "way": mark("Way"),
    "place": mark("Place"),
    "module_key": mark("Training"),
    "step_key": mark("Step"),
    "slug": mark("Self-test"),
    "side": mark("Whose"),
    "reach": mark("Safe way to reach"),
    "question": mark("Question"),
    "on": mark("Date"),
    "at": mark("When"),
    "began_at": mark("Began"),
    "ended_at": mark("Ended"),
    "starts_at": mark("When"),
    "minutes": mark("Minutes"),
    "role": mark("Role"),
    "event": mark("What happened"),
    "reason": mark("Reason"),
    "picture": mark("Picture"),
    "counsellor_id": mark("With"),
    "by_id": mark("By"),
    "author_id": mark("By"),
    "until": mark("Until"),
    "filled_at": mark("Filled in"),
    "saved_at": mark("Kept"),
    "changed_at": mark("Changed"),
}
HIDDEN = frozenset({"id", "client_id", "account_id", "organisation_id", "seq", "seen", "others", "version", "revision"})


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
            if table == "step_entry" and name == "values":
                yield from self._filled_in(row["module_key"], row["step_key"], value)
            elif isinstance(value, dict):
                yield from self._nested(value)
            elif text := self._value(name, value, row):
                yield self._label(name), text

    def _nested(self, found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for name, value in found.items():
            if isinstance(value, dict):
                yield from self._nested(value)
            elif name not in HIDDEN and (text := self._listed(value)):
                yield self._label(name), text

    def _filled_in(self, key: str, step_key: str, found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield what stands in the fields of a step, under the words of its exercises while they are offered."""
        module = self.site.part(Trainings).modules.get(key)
        step = next((each for each in module.steps if each.key == step_key), None) if module else None
        text = module.step_text(step, self.variant.language)[0] if module and step else None
        for name, (value, *_rest) in found.get("fields", {}).items():
            exercise = text.exercises.get(name.partition("-")[0]) if text else None
            if shown := self._listed(value):
                yield (exercise.label.by(self.variant.register) if exercise else name), shown

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
        return self._listed(value)

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
