"""The pages of a trajectory and of a closing, and what their forms say."""

from collections.abc import Mapping
from datetime import date

from flask import g, request

from selfhelp.accounts.domain import Actor
from selfhelp.care import closings
from selfhelp.care.gate import Opened
from selfhelp.care.handing_over import may_hand_over
from selfhelp.care.models import Absence
from selfhelp.care.phases import MOVABLE, PhaseKind
from selfhelp.care.service import client_name
from selfhelp.care.signing_up import find_sign_up, list_colleagues
from selfhelp.care.trajectory import list_phases
from selfhelp.care.who_helps import who_helps
from selfhelp.core.i18n import mark
from selfhelp.core.typed import day_of, id_of
from selfhelp.offer.domain.offer import Offer
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

TITLE = mark("Clients")
LONGEST_REFERENCE = 40
NOBODY = mark("Choose a colleague.")
WRONG_DAYS = mark("Choose a first and a last day; the last one is today or later.")
ASK_AFTER_ACCESS = mark("Choose a day that is still to come, or leave it open.")


def trajectory_page(file: Opened, faults: Mapping[str, str] | None = None) -> str:
    """Render the phases of a client and who helps."""
    actor: Actor = g.actor
    return render(
        "caseload/trajectory.html",
        page="trajectory",
        title=TITLE,
        client=file.client,
        name=client_name(sealer(), file.client),
        came=find_sign_up(file.session, sealer(), file.client),
        phases=list_phases(file.session, file.client),
        helping=who_helps(file.session, file.client, file.edge.now),
        colleagues=list_colleagues(file.session, actor, file.client.team_id, file.edge.now),
        faults=faults or {},
        given=request.form,
        actor=actor,
        longest=LONGEST_REFERENCE,
        movable=MOVABLE,
        may_hand_over=may_hand_over(file.session, actor, file.client, file.edge.now),
    )


def closing_page(file: Opened, faults: Mapping[str, str] | None = None) -> str:
    """Render the four acts; days are proposed until somebody chose them."""
    profile, today = current_site().part(Offer).profile, _today()
    return render(
        "caseload/closing.html",
        page="closing",
        title=TITLE,
        client=file.client,
        name=client_name(sealer(), file.client),
        now=closings.find_closing(file.session, sealer(), file.client),
        is_open=file.client.phase == PhaseKind.CLOSING,
        proposed=(today + closings.ACCESS_FOR, today + closings.ASK_AFTER),
        contact=profile.contact,
        faults=faults or {},
        given=request.form,
        longest=closings.LONGEST,
    )


def read_days(form: Mapping[str, str]) -> tuple[date | None, date | None, dict[str, str]]:
    """Return when access ends and when the team asks how it is (None: not wanted), and what is wrong."""
    faults: dict[str, str] = {}
    access_until, fault = closings.read_day(form.get("access_until", ""), _today())
    if fault:
        faults["access_until"] = fault
    ask_on = None
    if form.get("ask_on", "").strip():
        ask_on, fault = closings.read_day(form["ask_on"], _today())
        if fault:
            faults["ask_on"] = fault if fault != closings.NO_DAY else ASK_AFTER_ACCESS
    return access_until, ask_on, faults


def read_stand_in(form: Mapping[str, str]) -> tuple[Absence | None, dict[str, str]]:
    """Return some days in which a colleague helps, not to be kept; or what is wrong."""
    first, last, to = day_of(form.get("first_on", "")), day_of(form.get("last_on", "")), id_of(form.get("stand_in", ""))
    faults: dict[str, str] = {}
    if first is None or last is None or last < first or last < _today():
        faults["first_on"] = WRONG_DAYS
    if to is None:
        faults["stand_in"] = NOBODY
    if faults or first is None or last is None:
        return None, faults
    return Absence(first_on=first, last_on=last, stand_in_id=to), faults


def _today() -> date:
    return local_day(now(), current_site().zone)
