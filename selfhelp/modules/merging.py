"""Bringing together what was filled in at a step on several devices, or twice over a bad network. Pure.

A changed field says which revision it was read from. One that was changed meanwhile, to something else, is a conflict: what
arrives last stands in the field, the other version stands beside it until its owner chooses. Nothing is thrown away.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from selfhelp.core.errors import SelfhelpError
from selfhelp.modules.entries import Value, Values

REMEMBERED = 20
"""How many changes an entry remembers, so that one which is sent again counts once."""


class SaidOtherwise(SelfhelpError):
    """A change comes under the id of another one that says something else: one of the two would be lost."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its value (None when cleared), the revision that set it, and what stood there before."""

    value: Value | None
    revision: int
    before: Value | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody else than the owner who filled something in together with the owner, and when."""

    account_id: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """Fields that were set, each with the revision it was read from. A form is whole: it sends untouched ones too.

    `digest` is of all that was sent, so that the same id with something else in it is noticed; empty: not compared.
    """

    id: str
    values: Mapping[str, tuple[Value | None, int]]
    is_whole: bool = False
    digest: str = ""
    hand: Hand | None = None
    """Who typed, if it was not the owner alone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is filled in at a step."""

    revision: int = 0
    fields: Mapping[str, Field] = field(default_factory=dict)
    others: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    """Other versions of a field, of which the owner has not yet said which one counts."""
    seen: tuple[str, ...] = ()
    """The last changes: each an id and, after a space, the digest of what it held."""
    hands: Mapping[int, Hand] = field(default_factory=dict)
    """Of which revisions were filled in together. A field that its owner changes later is the owner's own again."""

    @property
    def together(self) -> Mapping[str, Hand]:
        """Return the filled fields that were set together, each with whom."""
        return {
            name: self.hands[each.revision]
            for name, each in self.fields.items()
            if each.value is not None and each.revision in self.hands
        }

    @property
    def values(self) -> Values:
        """Return what stands in the fields."""
        return {name: each.value for name, each in self.fields.items() if each.value is not None}


EMPTY = Entry()
"""What is filled in before anything is."""


def is_known(entry: Entry, change: Change) -> bool:
    """Whether a change counts in an entry already.

    Raises:
        SaidOtherwise: something else came under the same id.
    """
    digests = {number: digest for number, _space, digest in (each.partition(" ") for each in entry.seen)}
    digest = digests.get(change.id)
    if digest and change.digest and digest != change.digest:
        raise SaidOtherwise
    return digest is not None


def merged(entry: Entry, change: Change) -> Entry:
    """Return an entry with a change in it; the same change again leaves it as it is."""
    if is_known(entry, change):
        return entry
    revision = entry.revision + 1
    fields, others = dict(entry.fields), dict(entry.others)
    for name, (value, base) in change.values.items():
        known = fields.get(name, Field(None, 0))
        if known.value == value:
            continue
        overtaken = known.revision > base
        if overtaken and change.is_whole and value == known.before:
            continue  # not touched on that form: it shows what stood there when it was opened
        if overtaken and known.value is not None:
            others[name] = tuple(dict.fromkeys([*others.get(name, ()), known.value]))
        fields[name] = Field(value, revision, known.value)
    others = {name: tuple(each for each in kept if each != fields[name].value) for name, kept in others.items()}
    seen = (*entry.seen, f"{change.id} {change.digest}".strip())[-REMEMBERED:]
    hands = dict(entry.hands) | ({revision: change.hand} if change.hand else {})
    return Entry(
        revision,
        fields,
        {name: kept for name, kept in others.items() if kept},
        seen,
        {number: hand for number, hand in hands.items() if number in {each.revision for each in fields.values()}},
    )


def settled(entry: Entry, name: str, *, take: bool) -> Entry:
    """Return an entry in which its owner chose: the other version that is shown (`take`), or the one in the field.

    Only the last of the other versions is shown; one before it comes next.
    """
    if name not in entry.others:
        return entry
    *earlier, shown = entry.others[name]
    others = {key: kept for key, kept in (dict(entry.others) | {name: tuple(earlier)}).items() if kept}
    revision, fields = entry.revision + 1, dict(entry.fields)
    if take:
        fields[name] = Field(shown, revision, fields[name].value)
    return replace(entry, revision=revision, fields=fields, others=others)


def written(entry: Entry) -> str:
    """Return an entry as the text that is sealed; its revision stands beside it."""
    kept: dict[str, Any] = {
        "fields": {name: [each.value, each.revision, each.before] for name, each in entry.fields.items()},
        "others": {name: list(kept) for name, kept in entry.others.items()},
        "seen": list(entry.seen),
        "hands": {str(number): [each.account_id, each.name, each.at.isoformat()] for number, each in entry.hands.items()},
    }
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)


def read(text: str, revision: int) -> Entry:
    """Return the entry that `written` wrote."""
    kept = json.loads(text)
    return Entry(
        revision,
        {name: Field(_value(value), number, _value(before)) for name, (value, number, before) in kept["fields"].items()},
        {name: tuple(filter(None, map(_value, others))) for name, others in kept["others"].items()},
        tuple(kept["seen"]),
        {
            int(number): Hand(who, name, datetime.fromisoformat(at))
            for number, (who, name, at) in kept.get("hands", {}).items()
        },
    )


def _value(found: Any) -> Value | None:
    return tuple(found) if isinstance(found, list) else found
