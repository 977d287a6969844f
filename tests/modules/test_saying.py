"""What was said last counts, however late it arrives, and no reason goes unread."""

from datetime import UTC, datetime, timedelta

import pytest

from selfhelp.modules.domain import StepState
from selfhelp.modules.saying import (
    LONGEST_AGO,
    NO_REASON,
    Said,
    Standing,
    Stuck,
    Why,
    heard,
    moment_said,
    read,
    written,
)

TEN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ELEVEN, NOON = TEN + timedelta(hours=1), TEN + timedelta(hours=2)


def stuck(at: datetime, words: str, seen: datetime | None = None, reason: str = "unsafe") -> Said:
    return Said(StepState.STUCK, at, Stuck(reason, words), seen)


def words(why: Why) -> tuple[str | None, list[str]]:
    return why.stuck.words if why.stuck else None, [each.words for each in why.earlier]


def test_what_was_said_last_counts_whichever_arrives_first() -> None:
    first, second = stuck(TEN, "ten"), Said(StepState.DONE, ELEVEN)
    for order in ((first, second), (second, first)):
        now = Standing()
        for said in order:
            now = heard(now, said)
        assert (now.state, now.said_at) == (StepState.DONE, ELEVEN)
        assert words(now.why) == (None, ["ten"]), "and what the other device said is kept"


def test_a_state_that_nobody_said_gives_way_to_an_older_one_that_somebody_did() -> None:
    assert heard(Standing(StepState.DOING), Said(StepState.DONE, TEN)).state is StepState.DONE


@pytest.mark.parametrize("is_late", [False, True])
def test_two_devices_with_two_reasons_keep_both(is_late: bool) -> None:
    phone, laptop = stuck(TEN, "on the phone"), stuck(ELEVEN, "on the laptop")
    now = Standing()
    for said in (laptop, phone) if is_late else (phone, laptop):
        now = heard(now, said)
    assert words(now.why) == ("on the laptop", ["on the phone"])


def test_who_has_read_a_reason_may_put_another_in_its_place() -> None:
    now = heard(Standing(), stuck(TEN, "at first"))
    assert words(heard(now, stuck(ELEVEN, "better said", seen=TEN)).why) == ("better said", [])


def test_who_has_read_all_reasons_is_done_with_them_by_saying_something_else() -> None:
    both = heard(heard(Standing(), stuck(TEN, "phone")), stuck(ELEVEN, "laptop"))
    assert heard(both, Said(StepState.DONE, NOON, seen=TEN)).why != NO_REASON, "the newer one was not seen"
    assert heard(both, Said(StepState.DONE, NOON, seen=ELEVEN)).why == NO_REASON


def test_the_same_reason_twice_and_one_that_says_nothing_are_kept_once_and_not_at_all() -> None:
    now = heard(Standing(), stuck(TEN, "a"))
    assert words(heard(now, stuck(ELEVEN, "a")).why) == ("a", [])
    nothing = heard(Standing(), stuck(TEN, "", reason="other"))
    assert words(heard(nothing, stuck(ELEVEN, "b")).why) == ("b", [])


def test_what_is_sealed_reads_as_it_was_written_and_the_older_form_still_does() -> None:
    why = Why(Stuck("afraid", "é", TEN), (Stuck("other", "b", ELEVEN), Stuck("unclear", "c")))
    assert read(written(why) or "") == why
    assert read(written(Why(None, (Stuck("other", "b", TEN),))) or "") == Why(None, (Stuck("other", "b", TEN),))
    assert written(NO_REASON) is None
    assert read('{"reason": "afraid", "words": "x"}') == Why(Stuck("afraid", "x"))


def test_when_something_was_said_is_counted_back_within_reason() -> None:
    assert moment_said(NOON, 7200) == TEN
    assert moment_said(NOON, -5) == NOON
    assert moment_said(NOON, 10**12) == NOON - LONGEST_AGO
