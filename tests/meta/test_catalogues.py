"""Every message is translated, no translation is stale, and both registers are complete where they differ."""

import re

from babel.messages.pofile import read_po

from selfhelp.core.resources import folder
from tools.i18n import all_faults

FORMAL = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)


def catalogue(name: str) -> dict[str, str]:
    with (folder("translations") / f"{name}.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def test_no_catalogue_is_stale() -> None:
    assert all_faults() == []


def test_whatever_addresses_the_reader_formally_has_its_informal_twin() -> None:
    formal, informal = catalogue("nl"), catalogue("nl_je")
    for message, text in formal.items():
        if FORMAL.search(text):
            assert message in informal, text
            assert not FORMAL.search(informal[message]), informal[message]
