"""A client's own map."""

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Role
from selfhelp.care.together import Where
from selfhelp.network import pages
from selfhelp.network.files import map_file
from selfhelp.network.pages import Answer
from selfhelp.web.access import allow

blueprint = Blueprint("network", __name__, url_prefix="/my/network")
WHERE = Where(None, "/my/network")


@blueprint.get("")
@allow(Role.CLIENT)
def drawn() -> str:
    """Show the map, the list that says the same, and earlier pictures."""
    return pages.show_map(WHERE)


@blueprint.post("")
@allow(Role.CLIENT)
def add() -> Answer:
    """Put somebody on the map."""
    return pages.take_person(WHERE)


@blueprint.get("/people/<uuid:person_id>")
@allow(Role.CLIENT)
def person(person_id: UUID) -> str:
    """Show one person on the map."""
    return pages.show_person(WHERE, person_id)


@blueprint.post("/people/<uuid:person_id>")
@allow(Role.CLIENT)
def change(person_id: UUID) -> Answer:
    """Change what is said of one person."""
    return pages.change_person(WHERE, person_id)


@blueprint.post("/people/<uuid:person_id>/place")
@allow(Role.CLIENT)
def place(person_id: UUID) -> Response:
    """Move one person."""
    return pages.place_person(WHERE, person_id)


@blueprint.post("/people/<uuid:person_id>/remove")
@allow(Role.CLIENT)
def take_off(person_id: UUID) -> Response:
    """Take one person off the map."""
    return pages.take_off(WHERE, person_id)


@blueprint.post("/pictures")
@allow(Role.CLIENT)
def keep_picture() -> Response:
    """Keep the map as a picture of today."""
    return pages.keep_picture(WHERE)


@blueprint.get("/pictures/<uuid:picture_id>")
@allow(Role.CLIENT)
def picture(picture_id: UUID) -> str:
    """Show an earlier picture beside the map as it is now."""
    return pages.show_picture(WHERE, picture_id)


@blueprint.post("/pictures/<uuid:picture_id>/remove")
@allow(Role.CLIENT)
def remove_picture(picture_id: UUID) -> Response:
    """Remove an earlier picture."""
    return pages.remove_picture(WHERE, picture_id)


@blueprint.get("/picture.<any(svg, png):form>")
@allow(Role.CLIENT)
def file(form: str) -> Response:
    """Take the map along as a file."""
    return map_file(WHERE, form)


@blueprint.post("/remove")
@allow(Role.CLIENT)
def remove() -> Response:
    """Remove the map."""
    return pages.remove_map(WHERE)
