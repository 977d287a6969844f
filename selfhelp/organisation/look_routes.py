"""Unusual looks into files: who, when and how many; never whose file, never what is in it."""

from datetime import date, timedelta
from uuid import uuid4

from flask import Blueprint, g, make_response, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.service import note_list
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.i18n import mark
from selfhelp.core.typed import day_of
from selfhelp.offer.domain.opening import local_day
from selfhelp.organisation.forms import read_id
from selfhelp.organisation.labels import PATTERNS
from selfhelp.oversight.domain.patterns import Pattern
from selfhelp.oversight.domain.period import Period
from selfhelp.oversight.misuse import LONGEST_NOTE, Noted, note_review, unusual_looks
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import writing

blueprint = Blueprint("looks", __name__, url_prefix="/organisation/misuse")

USUAL, LONGEST = timedelta(days=30), timedelta(days=366)
NO_NOTE = mark("Write in a few words what it was, or what you agreed.")


@blueprint.get("")
@allow(Role.COORDINATOR)
def looks() -> Response:
    """Show what is unusual in a period."""
    return _page({})


@blueprint.post("")
@allow(Role.COORDINATOR)
def note() -> Response:
    """Note that one pattern was looked at, and what it was."""
    words, period = request.form.get("words", "").strip(), _period(request.form)
    pattern = request.form.get("pattern", "")
    if pattern not in set(Pattern):
        raise NotHere
    who, review_id = read_id(request.form, "account"), read_id(request.form, "id")
    if not words or len(words) > LONGEST_NOTE:
        return _page({f"{who} {pattern}": NO_NOTE}, 400)
    noted = Noted(review_id, who, Pattern(pattern), period.first_on, period.last_on, words)
    with writing() as session:
        note_review(session, sealer(), _actor(), noted, edge=Edge(now()))
    return go_to(f"/organisation/misuse?from={period.first_on}&until={period.last_on}")


def _page(faults: dict[str, str], status: int = 200) -> Response:
    actor, period = _actor(), _period(request.form if faults else request.args)
    with writing() as session:
        note_list(session, actor, "unusual looks", [], edge=Edge(now()))
        found = unusual_looks(session, sealer(), actor.organisation_id, period)
    told = {"found": found, "period": period, "actor": actor, "faults": faults, "given": request.form}
    told |= {"fresh": uuid4, "most": LONGEST_NOTE, "path": "/organisation/misuse", "PATTERNS": PATTERNS}
    return make_response(render("organisation/looks.html", page="looks", title=mark("Staff"), **told), status)


def _period(given: dict[str, str]) -> Period:
    """Return the period that was asked for: the last thirty days where none was, and at most a year."""
    zone = current_site().zone
    today = local_day(now(), zone)
    last: date = min(day_of(given.get("until", "")) or today, today)
    first = day_of(given.get("from", "")) or last - USUAL
    return Period(max(min(first, last), last - LONGEST), last, zone)


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
