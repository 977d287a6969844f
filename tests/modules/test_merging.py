"""Two devices, and a network that answers late or twice: nothing that was typed is thrown away."""

import json

from hypothesis import given
from hypothesis import strategies as st

from selfhelp.modules.merging import Change, Entry, merged, read, settled, written


def change(number: int, base: int, whole: bool = False, **values: object) -> Change:
    return Change(f"id-{number}", {name: (value, base) for name, value in values.items()}, is_whole=whole)  # type: ignore[misc]


def test_different_fields_from_two_devices_come_together() -> None:
    first = merged(Entry(), change(1, 0, who="Fluvius"))
    both = merged(first, change(2, 0, amount="12"))
    assert both.values == {"who": "Fluvius", "amount": "12"}
    assert not both.others


def test_the_same_field_changed_on_two_devices_keeps_both_versions() -> None:
    first = merged(Entry(), change(1, 0, said="on the phone"))
    both = merged(first, change(2, 0, said="on the laptop"))
    assert both.values == {"said": "on the laptop"}
    assert both.others == {"said": ("on the phone",)}
    assert settled(both, "said", take=True).values == {"said": "on the phone"}
    assert settled(both, "said", take=False).values == {"said": "on the laptop"}
    assert not settled(both, "said", take=False).others
    assert settled(both, "nothing", take=True) == both


def test_of_three_versions_each_is_shown_before_it_goes() -> None:
    three = merged(merged(merged(Entry(), change(1, 0, said="a")), change(2, 0, said="b")), change(3, 0, said="c"))
    assert three.others == {"said": ("a", "b")}
    assert settled(three, "said", take=False).others == {"said": ("a",)}
    taken = settled(three, "said", take=True)
    assert (taken.values, taken.others) == ({"said": "b"}, {"said": ("a",)})


def test_a_change_upon_what_was_read_is_no_conflict() -> None:
    first = merged(Entry(), change(1, 0, said="a"))
    assert not merged(first, change(2, first.revision, said="b")).others


def test_the_same_text_from_two_devices_is_no_conflict() -> None:
    assert not merged(merged(Entry(), change(1, 0, said="a")), change(2, 0, said="a")).others


def test_a_change_that_comes_twice_counts_once_even_when_others_came_between() -> None:
    first = merged(Entry(), change(1, 0, said="a"))
    later = merged(first, change(2, 1, said="b"))
    assert merged(later, change(1, 0, said="a")) is later


def test_a_form_that_carries_an_old_value_along_does_not_put_it_back() -> None:
    first = merged(Entry(), change(1, 0, who="a", amount="1"))
    newer = merged(first, change(2, 1, who="b"))
    form = merged(newer, change(3, 1, whole=True, who="a", amount="2"))
    assert form.values == {"who": "b", "amount": "2"}
    assert not form.others


def test_clearing_a_field_that_was_changed_elsewhere_keeps_what_was_there() -> None:
    first = merged(Entry(), change(1, 0, said="long story"))
    cleared = merged(first, change(2, 0, said=None))
    assert cleared.values == {}
    assert cleared.others == {"said": ("long story",)}


def test_what_is_sealed_reads_as_it_was_written() -> None:
    entry = merged(merged(Entry(), change(1, 0, places=("bag", "car"), who="a")), change(2, 0, places=("table",)))
    assert read(written(entry), entry.revision) == entry
    assert json.loads(written(entry))["fields"]["places"][0] == ["table"]


TEXTS = st.one_of(st.none(), st.sampled_from("abcd"))


@given(st.lists(st.tuples(st.integers(0, 3), TEXTS), max_size=12))
def test_a_text_goes_only_when_somebody_who_had_read_it_wrote_over_it(steps: list[tuple[int, str | None]]) -> None:
    entry, known = Entry(), [0, 0, 0, 0]
    for number, (device, text) in enumerate(steps):
        before = entry.fields.get("said")
        entry = merged(entry, change(number, known[device], said=text))
        if before and before.revision > known[device] and before.value not in {None, text}:
            assert before.value in entry.others["said"]
        if device % 2:  # every other device reads what came of it
            known[device] = entry.revision
