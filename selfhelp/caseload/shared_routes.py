"""What a client shares, as the counsellor reads it: exactly that, as long as it is shared and the file is open."""

from uuid import UUID

from flask import Blueprint, Response, g

from selfhelp.accounts.domain import WITH_CLIENTS, Actor, Role
from selfhelp.assessments.keeping import get_kept
from selfhelp.care.domain import Event
from selfhelp.care.gate import Opened, is_open, opened
from selfhelp.care.service import client_name
from selfhelp.care.sharing import Sharing, find_sharing, shared_now
from selfhelp.care.together import note_read
from selfhelp.caseload.shared_pages import client_page, result_page, step_page
from selfhelp.core.errors import NotHere
from selfhelp.core.i18n import mark
from selfhelp.diary.pages import shared_entry_page
from selfhelp.diary.service import get_entry
from selfhelp.dossier.things import shared_things
from selfhelp.modules.overview import find_entry
from selfhelp.modules.photos import find_photo, get_photo, open_picture
from selfhelp.modules.service import Trainings
from selfhelp.modules.working import Desk
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.access import allow, unattended
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

blueprint = Blueprint("client_shared", __name__, url_prefix="/clients/<uuid:client_id>")
READERS = (*WITH_CLIENTS, Role.COORDINATOR)
"""A coordinator opens a file with a reason only, where the organisation allows it: `care/readers.py`."""


@blueprint.get("")
@allow(*READERS)
def client(client_id: UUID) -> str:
    """Show one client: what is shared, how we work together, and what can be done with the card."""
    with opened(_actor(), client_id, Event.READ, "client page") as file:
        shares = shared_now(file.session, file.client, local_day(now(), current_site().zone))
        found = shared_things(file.session, file.client, current_site(), current_variant(current_site()), shares)
        return client_page(file, client_name(sealer(), file.client), found)


@blueprint.get("/results/<uuid:item_id>")
@allow(*READERS)
def result(client_id: UUID, item_id: UUID) -> str:
    """Show a shared self-test: raw safety answers first, and no level of risk."""
    with opened(_actor(), client_id, Event.READ, "shared result") as file:
        sharing = _check(file, "result", item_id)
        kept = get_kept(file.session, sealer(), file.client, item_id)
        page = result_page(client_id, client_name(sealer(), file.client), kept)
    note_read(file, sharing)
    return page


@blueprint.get("/steps/<uuid:item_id>")
@allow(*READERS)
def step(client_id: UUID, item_id: UUID) -> str:
    """Show what was filled in at a shared step, how far the client is, and why it does not work out yet."""
    with opened(_actor(), client_id, Event.READ, "shared step") as file:
        sharing = _check(file, "step", item_id)
        row = find_entry(file.session, file.client, item_id)
        module, one = current_site().part(Trainings).get_step(row.module_key, row.step_key)
        looked = Desk(file.session, sealer(), file.client, file.edge).look(module, one)
        page = step_page(client_id, client_name(sealer(), file.client), (module, one), looked)
    note_read(file, sharing)
    return page


@blueprint.get("/diary/<uuid:diary_id>")
@allow(*READERS)
def diary(client_id: UUID, diary_id: UUID) -> str:
    """Show one shared entry of a diary."""
    with opened(_actor(), client_id, Event.READ, "shared diary entry") as file:
        sharing = _check(file, "diary", diary_id)
        entry = get_entry(file.session, sealer(), file.client, diary_id)
        page = shared_entry_page(client_id, client_name(sealer(), file.client), entry)
    note_read(file, sharing)
    return page


@blueprint.get("/photos/<uuid:photo_id>")
@allow(*READERS)
def photo(client_id: UUID, photo_id: UUID) -> str:
    """Show a picture that a client sent."""
    with opened(_actor(), client_id, Event.READ, "picture") as file:
        sharing = _check(file, "photo", photo_id)
        row = find_photo(file.session, file.client, photo_id)
    address, back = f"/clients/{client_id}/photos/{photo_id}", f"/clients/{client_id}"
    page = render("modules/photo.html", page="photo", title=mark("Picture"), photo=row, address=address, back=back)
    note_read(file, sharing)
    return page


@blueprint.get("/photos/<uuid:photo_id>/picture")
@allow(*READERS)
def picture(client_id: UUID, photo_id: UUID) -> Response:
    """Return the picture itself."""
    with opened(_actor(), client_id, Event.READ, "picture") as file:
        _check(file, "photo", photo_id)
        jpeg = open_picture(sealer(), get_photo(file.session, file.client, photo_id))
    return Response(jpeg, mimetype="image/jpeg")


@blueprint.get("/still")
@unattended
@allow(*READERS)
def still(client_id: UUID) -> tuple[str, int]:
    """Tell a page that stands open whether it may still be read. Nothing of the file is looked at, so no line is written."""
    if not is_open(_actor(), client_id):
        raise NotHere
    return "", 204


def _check(file: Opened, kind: str, item_id: UUID) -> Sharing:
    """Return how the client shares this now, or raise NotHere: not any more is the same as never."""
    found = find_sharing(file.session, file.client, kind, item_id, local_day(now(), current_site().zone))
    if found is None:
        raise NotHere
    return found


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
