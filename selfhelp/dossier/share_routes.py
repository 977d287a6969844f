"""Sharing, thing by thing, and seeing all that is shared in one place."""

from datetime import date
from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.domain import Event
from selfhelp.care.gate import Opened, opened
from selfhelp.care.readers import readers_of
from selfhelp.care.sharing import read_last_day, share, shared_now, stop_sharing
from selfhelp.core.i18n import mark
from selfhelp.dossier.things import Thing, get_thing, shared_things
from selfhelp.modules.photos import own_photos
from selfhelp.offer.domain.offer import Offer
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

blueprint = Blueprint("sharing", __name__, url_prefix="/my/shared")
NO_DAY = mark("Choose a day that is still to come, or leave it open.")


@blueprint.get("")
@allow(Role.CLIENT)
def all_shared() -> str:
    """Show everything that is shared, with whom, and until when."""
    site, profile = current_site(), current_site().part(Offer).profile
    with opened(_actor(), None, Event.READ, "what is shared") as file:
        shares = shared_now(file.session, file.client, _today())
        found = shared_things(file.session, file.client, site, current_variant(site), shares)
        only_mine = [each for each in own_photos(file.session, file.client) if ("photo", each.id) not in shares]
        readers = readers_of(file.session, file.client, site.secrecy, file.edge.now)
    told = {"found": found, "photos": only_mine, "readers": readers, "surnames": profile.surnames}
    return render("dossier/shared.html", page="shared", title=mark("My page"), **told)


@blueprint.post("/<any(result, step, photo, goal, diary, network, report):kind>/<uuid:item_id>")
@allow(Role.CLIENT)
def begin(kind: str, item_id: UUID) -> Response | tuple[str, int]:
    """Share one thing, open or until the end of a day."""
    until, is_clear = read_last_day(request.form.get("until", ""), _today())
    with opened(_actor(), None, Event.SHARE if is_clear else Event.READ, f"{kind} shared") as file:
        thing = _thing(file, kind, item_id)
        if is_clear:
            share(file.session, file.client, kind, item_id, until=until, edge=file.edge)
    if is_clear:
        return go_to(thing.address)
    told = {"thing": thing, "fault": NO_DAY, "typed": request.form.get("until", "")}
    return render("dossier/share_until.html", page="share", title=mark("My page"), **told), 400


@blueprint.post("/<any(result, step, photo, goal, diary, network, report):kind>/<uuid:item_id>/stop")
@allow(Role.CLIENT)
def stop(kind: str, item_id: UUID) -> Response:
    """Make one thing private again."""
    with opened(_actor(), None, Event.CHANGE, f"{kind} no longer shared") as file:
        thing = _thing(file, kind, item_id)
        stop_sharing(file.session, file.client, kind, item_id)
    return go_to(thing.address)


def _thing(file: Opened, kind: str, item_id: UUID) -> Thing:
    site = current_site()
    return get_thing(file.session, file.client, site, current_variant(site), (kind, item_id))


def _today() -> date:
    return local_day(now(), current_site().zone)


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
