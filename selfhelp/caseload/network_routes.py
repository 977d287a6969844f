"""The map of people and services on the counsellor's device: shared, or begun together in a talk."""

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS, Role
from selfhelp.care.together import Where
from selfhelp.network import pages
from selfhelp.network.files import map_file
from selfhelp.network.pages import Answer
from selfhelp.web.access import allow

blueprint = Blueprint("client_network", __name__, url_prefix="/clients/<uuid:client_id>/network")
READERS = (*WITH_CLIENTS, Role.COORDINATOR)


@blueprint.get("")
@allow(*READERS)
def drawn(client_id: UUID) -> str:
    """Show the map if it is shared, else how to begin one together."""
    return pages.show_map(_where(client_id))


@blueprint.post("")
@allow(*WITH_CLIENTS)
def add(client_id: UUID) -> Answer:
    """Put somebody on the map, together."""
    return pages.take_person(_where(client_id))


@blueprint.post("/begin")
@allow(*WITH_CLIENTS)
def begin(client_id: UUID) -> Answer:
    """Begin a map together."""
    return pages.begin(_where(client_id))


@blueprint.get("/people/<uuid:person_id>")
@allow(*WITH_CLIENTS)
def person(client_id: UUID, person_id: UUID) -> str:
    """Show one person on the map."""
    return pages.show_person(_where(client_id), person_id)


@blueprint.post("/people/<uuid:person_id>")
@allow(*WITH_CLIENTS)
def change(client_id: UUID, person_id: UUID) -> Answer:
    """Change what is said of one person, together."""
    return pages.change_person(_where(client_id), person_id)


@blueprint.post("/people/<uuid:person_id>/place")
@allow(*WITH_CLIENTS)
def place(client_id: UUID, person_id: UUID) -> Response:
    """Move one person, together."""
    return pages.place_person(_where(client_id), person_id)


@blueprint.post("/people/<uuid:person_id>/remove")
@allow(*WITH_CLIENTS)
def take_off(client_id: UUID, person_id: UUID) -> Response:
    """Take one person off the map, together."""
    return pages.take_off(_where(client_id), person_id)


@blueprint.post("/pictures")
@allow(*WITH_CLIENTS)
def keep_picture(client_id: UUID) -> Response:
    """Keep the map as a picture of today."""
    return pages.keep_picture(_where(client_id))


@blueprint.get("/pictures/<uuid:picture_id>")
@allow(*READERS)
def picture(client_id: UUID, picture_id: UUID) -> str:
    """Show an earlier picture beside the map as it is now."""
    return pages.show_picture(_where(client_id), picture_id)


@blueprint.get("/picture.<any(svg, png):form>")
@allow(*WITH_CLIENTS)
def file(client_id: UUID, form: str) -> Response:
    """Take the map along as a file."""
    return map_file(_where(client_id), form)


def _where(client_id: UUID) -> Where:
    return Where(client_id, f"/clients/{client_id}/network")
