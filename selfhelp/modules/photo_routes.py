"""Sending a picture from a step, looking at it again, and taking it back."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, g, request
from werkzeug.wrappers import Response as AnyResponse

from selfhelp.accounts.devices import is_for
from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.sharing import find_sharing, read_last_day
from selfhelp.core.errors import NotHere
from selfhelp.core.i18n import mark
from selfhelp.modules.photos import (
    DayPassed,
    NoPicture,
    Sent,
    TooManyPhotos,
    add_photo,
    find_photo,
    get_photo,
    has_photo,
    open_picture,
    photo_id_of,
    small_picture,
    take_back,
)
from selfhelp.modules.service import Trainings
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.access import allow, takes_files
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

blueprint = Blueprint("photos", __name__, url_prefix="/my")
MOST_MB = 12
REFUSED: Mapping[type[Exception], str] = {NoPicture: "unreadable", TooManyPhotos: "full", DayPassed: "late"}
"""What a device is told of a picture that was not taken: docs/device.md."""

Answer = AnyResponse | dict[str, Any] | tuple[str | dict[str, Any], int]


@blueprint.post("/trainings/<key:key>/<key:step_key>/photo/<key:exercise_id>")
@allow(Role.CLIENT)
@takes_files(MOST_MB)
def send(key: str, step_key: str, exercise_id: str) -> Answer:
    """Take one picture, made small and stripped, sealed for the counsellors. A device gets a short answer and no page."""
    _found, one = current_site().part(Trainings).get_step(key, step_key)
    exercise = one.exercise(exercise_id)
    if exercise is None or exercise.kind != "photo":
        raise NotHere
    is_device = "owner" in request.form
    if is_device and not is_for(_actor(), request.form["owner"]):
        abort(409)  # kept on this device by somebody else
    try:
        photo = _keep((key, step_key, exercise_id), is_device=is_device)
    except tuple(REFUSED) as refused:
        return _refusal(f"/my/trainings/{key}/{step_key}", REFUSED[type(refused)], is_device=is_device)
    if is_device:
        return {"sent": str(photo.id)}
    return go_to(f"/my/trainings/{key}/{step_key}" if photo.is_shared else f"/my/photos/{photo.id}?said=day")


def _keep(where: tuple[str, str, str], *, is_device: bool) -> Sent:
    """Keep the picture of this request. A last day that is none is asked again: until then nobody else opens it.

    A device is asked again before anything is kept: it still has the picture.
    """
    file_sent = request.files.get("picture")
    content = file_sent.read() if file_sent else b""
    until, is_clear = read_last_day(request.form.get("until", ""), _today())
    sent = Sent(photo_id_of(_id_sent(), content), small_picture(content), where, until, is_clear)
    if is_device and not is_clear:
        _check_known(sent.id)
        return sent
    event = Event.SHARE if is_clear else Event.CREATE
    with opened(_actor(), None, event, f"picture sent from step {where[0]} {where[1]}") as file:
        add_photo(file.session, sealer(), file.client, sent, edge=file.edge)
    return sent


def _check_known(photo_id: UUID) -> None:
    """Raise DayPassed for a picture that comes too late; one that came in time, and whose answer was lost, did not."""
    with opened(_actor(), None, Event.READ, "picture") as file:
        is_known = has_photo(file.session, file.client, photo_id)
    if not is_known:
        raise DayPassed


def _refusal(back: str, why: str, *, is_device: bool) -> Answer:
    if is_device:
        return {"refused": why}, 400
    is_full = why == "full"
    return render("modules/no_picture.html", page="no-picture", title=mark("Step"), back=back, is_full=is_full), 400


@blueprint.get("/photos/<uuid:photo_id>")
@allow(Role.CLIENT)
def photo(photo_id: UUID) -> str:
    """Show a picture that one sent, and until when who helps may open it."""
    with opened(_actor(), None, Event.READ, "picture") as file:
        row = find_photo(file.session, file.client, photo_id)
        now_shared = find_sharing(file.session, file.client, "photo", photo_id, _today())
    told = {"photo": row, "address": f"/my/photos/{photo_id}", "back": "/my/shared", "sharing_now": now_shared}
    asks_day = request.args.get("said") == "day"
    return render("modules/photo.html", page="photo", title=mark("Picture"), asks_day=asks_day, **told)


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


def _today() -> date:
    return local_day(now(), current_site().zone)


def _id_sent() -> UUID:
    try:
        return UUID(request.form.get("id", ""))
    except ValueError:
        return uuid4()


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
