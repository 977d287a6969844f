"""The page *Zo werken wij samen*: the same for a client alone and for both in a talk."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import g, request

from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.consent_texts import Consents
from selfhelp.care.domain import Event
from selfhelp.care.gate import Opened, opened
from selfhelp.care.models import Consent
from selfhelp.care.readers import Readers, readers_of
from selfhelp.care.service import client_name
from selfhelp.care.sheet import LONGEST, ReadSheet, read_sheet
from selfhelp.care.sheets import (
    NOTHING_YET,
    ChangedMeanwhile,
    Version,
    asked_now,
    give_consent,
    in_words,
    keep_sheet,
    list_consents,
    list_versions,
    stop_consent,
)
from selfhelp.core.i18n import mark
from selfhelp.offer.domain.offer import Offer
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

TITLE = mark("How we work together")
MOST_VERSIONS = 1_000_000


@dataclass(frozen=True, slots=True)
class SheetNow:
    """What a client's sheet page shows."""

    name: str
    versions: Sequence[Version]
    consents: Sequence[Consent]
    readers: Readers

    @property
    def newest(self) -> Version:
        """Return the version that counts."""
        return next(iter(self.versions), NOTHING_YET)


def sheet_now(file: Opened) -> SheetNow:
    """Read a client's sheet, its history, the consents, and who reads along."""
    return SheetNow(
        client_name(sealer(), file.client),
        list_versions(file.session, sealer(), file.client),
        list_consents(file.session, file.client),
        readers_of(file.session, file.client, current_site().secrecy, file.edge.now),
    )


def sheet_page(found: SheetNow, address: str, read: ReadSheet | None = None, *, notice: str = "") -> str:
    """Render the sheet; with `read`, what was typed and is wrong with it or was overtaken."""
    actor: Actor = g.actor
    return render(
        "care/sheet_page.html",
        page="sheet",
        title=TITLE,
        address=address,
        name=found.name,
        is_staff=actor.role is not Role.CLIENT,
        read=read or ReadSheet(found.newest.sheet),
        base=found.newest.number,
        versions=found.versions,
        said_yes=in_words(found.consents, current_site().part(Consents)),
        asked=asked_now(found.consents, current_site().part(Consents)),
        readers=found.readers,
        surnames=current_site().part(Offer).profile.surnames,
        most=LONGEST,
        said=_said(),
        ticked=request.form.getlist("consent"),
        notice=notice or request.args.get("said", ""),
    )


def take_sheet(client_id: UUID | None, address: str) -> str | tuple[str, int] | None:
    """Take a posted sheet and the boxes that were ticked: None when it is kept, else the page to answer with."""
    actor: Actor = g.actor
    read = read_sheet(request.form.to_dict(flat=False))
    if read.faults:
        with opened(actor, client_id, Event.READ, "sheet on working together") as file:
            return sheet_page(sheet_now(file), address, read), 400
    boxes, said = set(request.form.getlist("consent")), _said()
    ticked = [each for each in current_site().part(Consents).texts if each.ticked(said) in boxes]
    base = min(request.form.get("base", 0, type=int), MOST_VERSIONS)
    with opened(actor, client_id, Event.CHANGE, "sheet on working together") as file:
        if len(ticked) < len(boxes):  # the words beside a box are not those that stood there when the page was opened
            return _refused(file, address, read, "words")
        try:
            keep_sheet(file.session, sealer(), actor, file.client, read.sheet, base=base, edge=file.edge)
        except ChangedMeanwhile:
            return _refused(file, address, read, "changed")
        give_consent(file.session, actor, file.client, ticked, said=said, edge=file.edge)
    return None


def _refused(file: Opened, address: str, read: ReadSheet, notice: str) -> tuple[str, int]:
    file.nothing_changed()
    return sheet_page(sheet_now(file), address, read, notice=notice), 409


def _said() -> str:
    variant = current_variant(current_site())
    return f"{variant.language}-{variant.register}"


def show_sheet(client_id: UUID | None, address: str) -> str:
    """Return the page of a client's sheet."""
    with opened(g.actor, client_id, Event.READ, "sheet on working together") as file:
        return sheet_page(sheet_now(file), address)


def stop_one(client_id: UUID | None, purpose: str) -> None:
    """Stop one consent, at once."""
    actor: Actor = g.actor
    with opened(actor, client_id, Event.CHANGE, f"consent stopped: {purpose}") as file:
        stop_consent(file.session, actor, file.client, purpose, edge=file.edge)
