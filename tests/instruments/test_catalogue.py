"""What an organisation may offer: heavy ones only when switched on, others' property only with permission."""

from datetime import date

import pytest

from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.domain.passport import PermissionGiven
from selfhelp.instruments.errors import NoSuchInstrument
from selfhelp.instruments.service import make_catalogue

GIVEN = PermissionGiven("djg6", "The owner", date(2026, 11, 20), "letter")


def test_heavy_instruments_are_off_until_switched_on(instruments: dict[str, Instrument]) -> None:
    catalogue = make_catalogue(instruments, switched_on=[], permissions=[], demo=True)
    off = {slug for slug, state in catalogue.availability.items() if state == "switched-off"}
    assert off == {"phq9", "gad7", "dass21", "k10", "audit", "dudit", "pgsi", "cfpb10"}
    on = make_catalogue(instruments, switched_on=["phq9"], permissions=[], demo=True)
    assert on.get("phq9").slug == "phq9"


def test_an_owner_who_must_be_asked_keeps_an_instrument_back_outside_a_demo(instruments: dict[str, Instrument]) -> None:
    waiting = make_catalogue(instruments, switched_on=[], permissions=[], demo=False)
    assert waiting.availability["djg6"] == "awaits-permission"
    with pytest.raises(NoSuchInstrument):
        waiting.get("djg6")
    permitted = make_catalogue(instruments, switched_on=[], permissions=[GIVEN], demo=False)
    assert permitted.get("djg6").slug == "djg6"
    assert permitted.availability["djg11"] == "awaits-permission"


def test_every_wording_has_a_passport_and_the_other_way_round(instruments: dict[str, Instrument]) -> None:
    for instrument in instruments.values():
        assert set(instrument.wordings) == set(instrument.passport.wording), instrument.slug


def test_only_our_own_translations_are_called_so(instruments: dict[str, Instrument]) -> None:
    own = {
        (slug, language)
        for slug, instrument in instruments.items()
        for language, wording in instrument.wordings.items()
        if wording.own_translation
    }
    assert own == {("cfpb10", "nl")}


def test_an_instrument_whose_wording_nobody_checked_waits_for_the_owners_form(instruments: dict[str, Instrument]) -> None:
    catalogue = make_catalogue(instruments, switched_on=[], permissions=[], demo=True)
    waiting = {slug for slug, state in catalogue.availability.items() if state == "awaits-wording"}
    assert waiting == {slug for slug, instrument in instruments.items() if not instrument.wordings}
    assert not waiting & {each.slug for each in catalogue.offered()}
    for slug in waiting:
        assert catalogue.describe(slug).slug == slug


def test_without_permission_not_even_a_paper_form_is_scored_in_production(instruments: dict[str, Instrument]) -> None:
    catalogue = make_catalogue(instruments, switched_on=["edizplus"], permissions=[], demo=False)
    assert instruments["edizplus"].passport.needs_permission
    with pytest.raises(NoSuchInstrument):
        catalogue.describe("edizplus")
