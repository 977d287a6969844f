"""When a difference may be called more than chance: never for De Jong Gierveld, and nowhere on what nobody checked."""

import pytest

from selfhelp.instruments.domain.instrument import Instrument


@pytest.mark.parametrize("slug", ["djg6", "djg11"])
def test_for_loneliness_there_is_no_number_and_a_reason_why(instruments: dict[str, Instrument], slug: str) -> None:
    change = instruments[slug].passport.reliable_change
    assert change.value is None
    assert instruments[slug].passport.sure_change is None
    assert "geen verandering voor één persoon" in change.text["nl"].formal
    assert "no change is computed for one person" in change.text["en"].formal


def test_only_a_number_that_was_checked_upon_norms_that_were_counts(instruments: dict[str, Instrument]) -> None:
    sure = {slug for slug, each in instruments.items() if each.passport.sure_change is not None}
    for slug in sure:
        passport = instruments[slug].passport
        assert (passport.reliable_change.status, passport.norms.status) == ("checked", "checked"), slug
        assert passport.reliable_change.source, slug
    unsure = {slug for slug, each in instruments.items() if each.passport.reliable_change.value is not None} - sure
    assert {"phq9", "gad7", "rses"} <= unsure
    assert {"k10", "who5", "dudit"} <= sure
