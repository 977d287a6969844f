"""Taking the form of a talk: kept as a whole or not at all, and what was typed comes back."""

from uuid import UUID

from flask import g, request

from selfhelp.accounts.domain import Actor
from selfhelp.appointments.errors import ChangedMeanwhile
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.talks.forms import TalkForm, read_talk
from selfhelp.talks.holding import keep_talk
from selfhelp.talks.pages import offered_steps, read_before, talk_page
from selfhelp.web.moment import now
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site


def show_talk(client_id: UUID, talk_id: UUID) -> str:
    """Return the page of a talk."""
    with opened(g.actor, client_id, Event.READ, "page of a talk") as file:
        return talk_page(read_before(file, talk_id), offered_steps(file), said=request.args.get("said", ""))


def take_talk(client_id: UUID, talk_id: UUID) -> tuple[TalkForm, tuple[str, int] | None]:
    """Take the form: with None when it is kept, else with the page to answer with."""
    site, actor = current_site(), _actor()
    form = read_talk(request.form.to_dict(flat=False), site.zone, now())
    if form.faults:
        return form, (_again(client_id, talk_id, form), 400)
    try:
        with opened(actor, client_id, Event.CHANGE, "talk held" if form.ends else "page of a talk") as file:
            keep_talk(file.session, sealer(), actor, file.client, talk_id, form=form, site=site, edge=file.edge)
    except ChangedMeanwhile as error:
        return form, (_again(client_id, talk_id, form, notice=error.what), 409)
    return form, None


def _again(client_id: UUID, talk_id: UUID, form: TalkForm, *, notice: str = "") -> str:
    typed = request.form.to_dict() | {f"talked-{each}": "on" for each in form.talked}
    with opened(g.actor, client_id, Event.READ, "page of a talk") as file:
        found, offered = read_before(file, talk_id), offered_steps(file)
        return talk_page(found, offered, typed=typed, faults=form.faults, notice=notice)


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
