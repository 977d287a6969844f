"""The first screen, themes, our own checklists, the ways to talk, and the offer as data for the device."""

import json
from datetime import date

from flask import Blueprint

from selfhelp.core.errors import NotHere
from selfhelp.core.i18n import mark
from selfhelp.guidance.domain import NextStep
from selfhelp.guidance.service import Guide, device_offer
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.moment import now
from selfhelp.web.public_page import public_page
from selfhelp.web.rendering import render
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

blueprint = Blueprint("guidance", __name__)


def _guide() -> Guide:
    return current_site().part(Guide)


def _young() -> bool:
    return current_variant(current_site()).young


def _today() -> date:
    return local_day(now(), current_site().zone)


@blueprint.get("/")
@public_page()
def start() -> str:
    """Open three doors: talk to someone, look for yourself, you have an appointment already."""
    return render("guidance/start.html", page="start", title=mark("Start"), guide=_guide())


@blueprint.get("/topics/<key:key>")
@public_page()
def theme(key: str) -> str:
    """Recognise one worry and show what there is: self-tests, a checklist, ways to talk, help lines."""
    guide = _guide()
    found = guide.theme(key)
    return render(
        "guidance/theme.html",
        page="topic",
        title=mark("Topic"),
        guide=guide,
        theme=found,
        steps=guide.steps(key, "middle", young=_young()),
        lines=guide.lines_of(found, young=_young()),
        lines_besides=guide.lines_besides_services(found),
    )


@blueprint.get("/check/<key:key>")
@public_page()
def checklist(key: str) -> str:
    """Show a list of things to tick. Nothing is sent: what we say of each item appears beside it."""
    guide = _guide()
    found = guide.checklist(key)
    steps = [step for step in guide.steps(found.theme, "middle", young=_young()) if step != NextStep("checklist", key)]
    return render(
        "guidance/checklist.html",
        page="checklist",
        title=mark("List"),
        guide=guide,
        checklist=found,
        theme=guide.theme(found.theme),
        steps=steps,
    )


@blueprint.get("/talk")
@public_page()
def talk() -> str:
    """Show every way to talk to someone. No test is needed for any of them."""
    guide = _guide()
    steps = [NextStep("way", key) for key in guide.offer.ways]
    return render("guidance/talk.html", page="talk", title=mark("Talking"), guide=guide, steps=steps)


@blueprint.get("/talk/<key:key>")
@public_page(fresh=_today)
def way(key: str) -> str:
    """Say how to reach the organisation in one way: who, when, cost, what to say first."""
    guide = _guide()
    if key not in guide.offer.ways:
        raise NotHere
    return render(
        "guidance/way.html",
        page="way",
        title=mark("Talking"),
        guide=guide,
        way=guide.offer.ways[key],
        closed=[each for each in guide.offer.closed if each.last >= _today()],
        others=[NextStep("way", other) for other in guide.offer.ways if other != key],
    )


@blueprint.get("/returning")
@public_page()
def returning() -> str:
    """Help someone who has an appointment or a card already."""
    return render("guidance/returning.html", page="returning", title=mark("Appointment"), guide=_guide())


@blueprint.get("/offer.json")
@public_page("application/json", fresh=_today)
def offer() -> str:
    """Give the device what is open when, for the coming days, and the order of steps."""
    return json.dumps(device_offer(_guide(), now()), separators=(",", ":"))
