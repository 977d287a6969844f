"""Sending a picture from a step, looking at it again, and taking it back."""

from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, request
from werkzeug.wrappers import Response as AnyResponse

from selfhelp.accounts.devices import owner_on_device
from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.core.errors import NotHere
from selfhelp.core.i18n import mark
from selfhelp.modules.photos import NoPicture, TooManyPhotos, add_photo, get_photo, open_picture, small_picture, take_back
from selfhelp.modules.service import Trainings
from selfhelp.web.access import allow, takes_files
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

blueprint = Blueprint("photos", __name__, url_prefix="/my")
MOST_MB = 12


@blueprint.post("/trainings/<key:key>/<key:step_key>/photo/<key:exercise_id>")
@allow(Role.CLIENT)
@takes_files(MOST_MB)
def send(key: str, step_key: str, exercise_id: str) -> AnyResponse | tuple[str, int]:
    """Take one picture, made small and stripped, sealed for the counsellors."""
    _found, one = current_site().part(Trainings).get_step(key, step_key)
    exercise, file_sent = one.exercise(exercise_id), request.files.get("picture")
    if exercise is None or exercise.kind != "photo":
        raise NotHere
    if request.form.get("owner", owner_on_device(_actor())) != owner_on_device(_actor()):
        abort(409)  # kept on this device by somebody else
    where, back = (key, step_key, exercise_id), f"/my/trainings/{key}/{step_key}"
    try:
        jpeg = small_picture(file_sent.read() if file_sent else b"")
        with opened(_actor(), None, Event.SHARE, f"picture sent from step {key} {step_key}") as file:
            add_photo(file.session, sealer(), file.client, _id_sent(), jpeg, where=where, edge=file.edge)
    except (NoPicture, TooManyPhotos) as refused:
        told = {"back": back, "is_full": isinstance(refused, TooManyPhotos)}
        return render("modules/no_picture.html", page="no-picture", title=mark("Step"), **told), 400
    return go_to(f"/my/trainings/{key}/{step_key}")


@blueprint.get("/photos/<uuid:photo_id>")
@allow(Role.CLIENT)
def photo(photo_id: UUID) -> str:
    """Show a picture that one sent."""
    with opened(_actor(), None, Event.READ, "picture") as file:
        row = get_photo(file.session, file.client, photo_id)
    address, back = f"/my/photos/{photo_id}", "/my/shared"
    return render("modules/photo.html", page="photo", title=mark("Picture"), photo=row, address=address, back=back)


@blueprint.get("/photos/<uuid:photo_id>/picture")
@allow(Role.CLIENT)
def picture(photo_id: UUID) -> Response:
    """Return the picture itself."""
    with opened(_actor(), None, Event.READ, "picture") as file:
        jpeg = open_picture(sealer(), get_photo(file.session, file.client, photo_id))
    return Response(jpeg, mimetype="image/jpeg")


@blueprint.post("/photos/<uuid:photo_id>/take-back")
@allow(Role.CLIENT)
def take_it_back(photo_id: UUID) -> AnyResponse:
    """Remove a picture: nobody can open it any more."""
    with opened(_actor(), None, Event.CHANGE, "picture taken back") as file:
        take_back(file.session, file.client, photo_id)
    return go_to("/my/shared")


def _id_sent() -> UUID:
    try:
        return UUID(request.form.get("id", ""))
    except ValueError:
        return uuid4()


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
