"""The client's own side of a talk: what to talk about, dates to keep in view, one's own promises."""

from datetime import date
from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Role
from selfhelp.appointments.dates import stop_watching, watch
from selfhelp.appointments.domain import Side, Tick
from selfhelp.appointments.errors import Full
from selfhelp.appointments.planning import let_be
from selfhelp.appointments.promises import tick
from selfhelp.appointments.wishes import MOST, set_wishes
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.lines import note_fresh
from selfhelp.core.i18n import mark
from selfhelp.talks.forms import NO_DATE, read_id
from selfhelp.talks.pages import own_talk_page, read_before
from selfhelp.web.access import allow
from selfhelp.web.rendering import go_to
from selfhelp.web.sealer import sealer

blueprint = Blueprint("own_talk", __name__, url_prefix="/my")
ADDRESS = "/my/talk"
FULL = mark("Three dates is enough to keep in view. Take one away first.")
NO_WORDS = mark("Write in a few words what happens on this day.")


@blueprint.get("/talk")
@allow(Role.CLIENT)
def talk() -> str:
    """Show the next talk, and ask what it should be about."""
    with opened(g.actor, None, Event.READ, "next talk") as file:
        return own_talk_page(read_before(file), said=request.args.get("said", ""))


@blueprint.post("/talk/wishes")
@allow(Role.CLIENT)
def wishes() -> Response:
    """Keep what the client wants to talk about."""
    named = {read_id(name.removeprefix("wish-")): words for name, words in request.form.items() if name.startswith("wish-")}
    lines = dict([(each, words) for each, words in named.items() if each][: 2 * MOST])
    with opened(g.actor, None, Event.CHANGE, "what to talk about") as file:
        if set_wishes(file.session, sealer(), file.client, lines, by_name="", edge=file.edge):
            note_fresh(file.session, file.client, file.edge.now)
    return go_to(f"{ADDRESS}?said=kept")


@blueprint.post("/talk/dates")
@allow(Role.CLIENT)
def add_date() -> Response | tuple[str, int]:
    """Keep a date in view, copied from a letter."""
    on, words, date_id = _day(request.form.get("on", "")), request.form.get("words", "").strip(), _id()
    faults = {name: fault for name, fault, good in (("on", NO_DATE, on), ("words", NO_WORDS, words)) if not good}
    if on is None or faults:
        return _again(faults), 400
    try:
        with opened(g.actor, None, Event.CHANGE, "date to keep in view") as file:
            watch(file.session, sealer(), file.client, date_id or file.edge.new_id(), on=on, words=words, edge=file.edge)
    except Full:
        return _again({"on": FULL}), 400
    return go_to(f"{ADDRESS}?said=date#dates")


@blueprint.post("/talk/dates/<uuid:date_id>/remove")
@allow(Role.CLIENT)
def remove_date(date_id: UUID) -> Response:
    """Take a date out of view."""
    with opened(g.actor, None, Event.CHANGE, "date out of view") as file:
        stop_watching(file.session, file.client, date_id, edge=file.edge)
    return go_to(f"{ADDRESS}#dates")


@blueprint.post("/talk/promises/<uuid:promise_id>/<any(kept, open):said>")
@allow(Role.CLIENT)
def tick_promise(promise_id: UUID, said: str) -> Response:
    """Tick an own promise, or take the tick away."""
    with opened(g.actor, None, Event.CHANGE, f"own promise: {said}") as file:
        tick(file.session, file.client, {promise_id: Tick(said)}, edge=file.edge, side=Side.CLIENT)
    return go_to(f"{ADDRESS}#promises")


@blueprint.post("/talks/<uuid:talk_id>/not-now")
@allow(Role.CLIENT)
def not_now(talk_id: UUID) -> Response:
    """Let a talk be: nobody asks again."""
    with opened(g.actor, None, Event.CHANGE, "own account of a talk: not now") as file:
        let_be(file.session, file.client, talk_id, edge=file.edge)
    return go_to("/my/")


def _again(faults: dict[str, str]) -> str:
    """Return the page with what was typed, and what is wrong with it."""
    with opened(g.actor, None, Event.READ, "next talk") as file:
        return own_talk_page(read_before(file), typed=request.form.to_dict(), faults=faults)


def _id() -> UUID | None:
    return read_id(request.form.get("id", ""))


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        return None
