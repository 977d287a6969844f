"""The figures of a pilot, its three goals, and both as a table for a spreadsheet."""

from flask import Blueprint, g, make_response, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Actor, Role
from selfhelp.assessments.counting import CONSENT
from selfhelp.care.consent_texts import Consents
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.core.spreadsheet import as_csv
from selfhelp.instruments.service import Catalogue
from selfhelp.modules.service import Trainings
from selfhelp.organisation import labels
from selfhelp.organisation.pilot_pages import band_labels, csv_rows
from selfhelp.oversight.domain.goals import PLACES, Counted, read_goals
from selfhelp.oversight.domain.suppression import LEAST, SHOWN_FROM
from selfhelp.oversight.pilot import Figures, Known, figures, get_goals, set_goals
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import reading, writing
from selfhelp.web.variant import current_variant

blueprint = Blueprint("pilot", __name__, url_prefix="/organisation")


@blueprint.get("/pilot")
@allow(Role.COORDINATOR)
def pilot() -> str:
    """Show the goals, what was used and what was not."""
    found, variant = _figures(), current_variant(current_site())
    told = {"figures": found, "bands": band_labels(found, variant), "least": LEAST, "shown_from": SHOWN_FROM}
    told |= {name: getattr(labels, name) for name in ("COUNTED", "MOMENTS", "PHASES", "USE", "WAYS", "WAY_COLUMNS")}
    return render("organisation/pilot.html", page="pilot", title=mark("Staff"), **told)


@blueprint.get("/pilot.csv")
@allow(Role.COORDINATOR)
def table() -> Response:
    """Return the same figures as a table, one number a line."""
    response = make_response(b"".join(as_csv(csv_rows(_figures(), current_variant(current_site())))))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="pilot-{now():%Y-%m-%d}.csv"'
    return response


@blueprint.get("/pilot/goals")
@allow(Role.COORDINATOR)
def goals_form() -> Response:
    """Show the three goals to write or to change."""
    with reading() as session:
        goals = get_goals(session, sealer(), _actor().organisation_id)
    given: dict[str, object] = {"first_on": goals.first_on, "last_on": goals.last_on} if goals else {}
    for place, goal in goals.goals.items() if goals else ():
        given |= {f"words-{place}": goal.words, f"target-{place}": goal.target, f"counted-{place}": goal.counted.value}
    return _form_page(given, {})


@blueprint.post("/pilot/goals")
@allow(Role.COORDINATOR)
def keep_goals() -> Response:
    """Keep the goals, in place of those before."""
    goals, faults = read_goals(request.form)
    if goals is None:
        return _form_page(request.form, faults, 400)
    with writing() as session:
        set_goals(session, sealer(), _actor(), goals, edge=Edge(now()))
    return go_to("/organisation/pilot")


def _figures() -> Figures:
    site = current_site()
    agreed = next(text for text in site.part(Consents).texts if text.purpose == CONSENT)
    known = Known(site.part(Trainings), site.part(Catalogue).offered(), agreed)
    with writing() as session:
        return figures(session, sealer(), _actor().organisation_id, known, site.zone, edge=Edge(now()))


def _form_page(given: object, faults: dict[str, str], status: int = 200) -> Response:
    told = {"given": given, "faults": faults, "places": range(1, PLACES + 1), "Counted": Counted, "COUNTED": labels.COUNTED}
    body = render("organisation/goals.html", page="pilot", title=mark("Staff"), path="/organisation/pilot/goals", **told)
    return make_response(body, status)


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
