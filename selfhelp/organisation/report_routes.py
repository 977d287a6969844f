"""What clients said of who looked into their files, for coordinators."""

from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.reports import look_into, page_of_reports
from selfhelp.care.service import note_list
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.transaction import writing

blueprint = Blueprint("reports", __name__, url_prefix="/organisation/reports")
MOST_PAGES = 10_000


@blueprint.get("")
@allow(Role.COORDINATOR)
def reports() -> str:
    """Show what clients said, open ones first; not whose files those are, and nothing about whoever reads it."""
    number = min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)
    with writing() as session:
        found = page_of_reports(session, sealer(), _actor(), number=number)
        note_list(session, _actor(), "reports", [each.client_id for each in found.found], edge=Edge(now()))
    return render("organisation/reports.html", page="reports", title=mark("Staff"), reports=found)


@blueprint.post("/<uuid:report_id>/looked-into")
@allow(Role.COORDINATOR)
def looked_into(report_id: UUID) -> Response:
    """Say that one has looked into a report: the client reads it, with the day."""
    with writing() as session:
        look_into(session, _actor(), report_id, edge=Edge(now()))
    return go_to("/organisation/reports")


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
