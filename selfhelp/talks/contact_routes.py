"""The contact list of a counsellor: to look at by period, and to take along."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask import Blueprint, g, request, stream_with_context
from werkzeug.wrappers import Response

from selfhelp.accounts.confirming_routes import ask_to_confirm
from selfhelp.accounts.domain import WITH_CLIENTS, Actor
from selfhelp.appointments.contact_list import Period, list_contacts
from selfhelp.care.service import note_list
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.core.spreadsheet import as_csv, as_xlsx, in_pieces
from selfhelp.offer.domain.opening import local_day
from selfhelp.talks.exporting import exported_rows, note_export, way_of
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import writing
from selfhelp.web.variant import current_variant

blueprint = Blueprint("contacts", __name__, url_prefix="/caseload/contacts")
LINES_A_PAGE = 50
MOST_PAGES = 100_000
NO_DAY = mark("Write the date as day, month and year.")
TURNED = mark("The last day lies before the first.")
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The period that was asked for, this month where none can be read, and what is wrong with which field."""

    period: Period
    faults: Mapping[str, str] = field(default_factory=dict)


@blueprint.get("")
@allow(*WITH_CLIENTS)
def contacts() -> tuple[str, int]:
    """Show own contacts of a period; which clients were shown is written down."""
    asked, number = _asked(request.args), min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)
    with writing() as session:
        skip = (number - 1) * LINES_A_PAGE
        told = {"skip": skip, "limit": LINES_A_PAGE + 1}
        found = list_contacts(session, sealer(), _actor(), asked.period, now(), **told)
        shown = found[:LINES_A_PAGE]
        seen = list(dict.fromkeys(each.client_id for each in shown if each.name))
        note_list(session, _actor(), "contacts", seen, edge=Edge(now()))
    told_more = {"asked": asked, "number": number, "has_more": len(found) > LINES_A_PAGE, "way_of": way_of}
    page = render("talks/contacts.html", page="contacts", title=mark("Clients"), lines=shown, **told_more)
    return page, 400 if asked.faults else 200


@blueprint.post("/<any(csv, xlsx):kind>")
@allow(*WITH_CLIENTS)
def take_along(kind: str) -> Response | tuple[str, int]:
    """Hand out the list; the log of each client on it says so first."""
    actor, edge, asked = _actor(), Edge(now()), _asked(request.form)
    if not actor.is_recent(edge.now):
        return ask_to_confirm("/caseload/contacts")
    note_export(actor, asked.period, edge=edge)
    rows = exported_rows(actor, asked.period, current_variant(current_site()).words, edge=edge)
    name = f"{asked.period.first}-{asked.period.last}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if kind == "csv":
        return Response(stream_with_context(as_csv(rows)), mimetype=TYPES[kind], headers=headers)
    return Response(in_pieces(as_xlsx(rows)), mimetype=TYPES[kind], headers=headers)


def _asked(given: Mapping[str, str]) -> Asked:
    zone = current_site().zone
    today = local_day(now(), zone)
    begins = today.replace(day=1)
    ends = (begins + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    typed = {name: given.get(name, "").strip() for name in ("first", "last")}
    days = {name: _day(text) for name, text in typed.items() if text}
    faults = {name: NO_DAY for name, found in days.items() if found is None}
    first, last = days.get("first") or begins, days.get("last") or ends
    if not faults and first > last:
        faults["last"] = TURNED
    return Asked(Period(first, last, zone) if not faults else Period(begins, ends, zone), faults)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2200 else None


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
