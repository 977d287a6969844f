"""With whom a field was filled in: kept with the revision that set it, and gone with it."""

from dataclasses import replace
from datetime import UTC, datetime

from selfhelp.modules.merging import Change, Entry, Hand, merged, read, settled, written

MIEKE = Hand("5d6b", "Mieke", datetime(2026, 11, 24, 10, 0, tzinfo=UTC))


def change(number: int, base: int, hand: Hand | None = None, **values: str) -> Change:
    return Change(f"id-{number}", {name: (value, base) for name, value in values.items()}, hand=hand)


def test_a_field_knows_with_whom_it_was_filled_in_also_after_it_was_sealed() -> None:
    entry = merged(merged(Entry(), change(1, 0, said="alone")), change(2, 1, MIEKE, who="together"))
    assert entry.together == {"who": MIEKE}
    assert read(written(entry), entry.revision) == entry


def test_what_its_owner_changes_is_the_owners_own_again_and_nothing_else_is() -> None:
    entry = merged(Entry(), change(1, 0, MIEKE, who="a", said="b"))
    entry = merged(entry, change(2, 1, who="c"))
    assert entry.together == {"said": MIEKE}
    assert merged(entry, change(3, 2, said="d")).hands == {}, "and nobody is remembered for nothing"


def test_of_two_versions_the_one_that_the_owner_takes_is_the_owners() -> None:
    entry = merged(merged(Entry(), change(1, 0, said="alone")), change(2, 0, MIEKE, said="together"))
    assert entry.together == {"said": MIEKE}
    assert settled(entry, "said", take=False).together == {"said": MIEKE}
    assert settled(entry, "said", take=True).together == {}


def test_entries_that_were_sealed_before_there_was_anything_together_still_open() -> None:
    entry = merged(Entry(), change(1, 0, said="alone"))
    old = written(entry).replace('"hands": {}, ', "")
    assert "hands" not in old
    assert read(old, 1) == replace(entry, hands={})
