"""The page with two reports of one talk: the same for both, each with a form for the own side only."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import g, request

from selfhelp.accounts.domain import Actor, Role
from selfhelp.appointments.domain import Side
from selfhelp.appointments.errors import ChangedMeanwhile
from selfhelp.appointments.planning import Talk, get_talk
from selfhelp.appointments.promises import PromiseNow, list_promises
from selfhelp.appointments.reports import FIELDS, KIND, LONGEST, Reports, list_reports, side_of, write_report
from selfhelp.care.domain import Event
from selfhelp.care.gate import Opened, opened
from selfhelp.care.service import client_name
from selfhelp.care.sharing import Sharing, find_sharing, share, stop_sharing, wrote_in
from selfhelp.care.together import note_read
from selfhelp.offer.domain.opening import local_day
from selfhelp.talks.pages import OWN_TITLE, STAFF_TITLE
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

MOST_VERSIONS = 100_000


@dataclass(frozen=True, slots=True)
class TalkAfterwards:
    """A talk, what both say of it, and whether the client lets the counsellor read along."""

    client_id: UUID
    name: str
    talk: Talk
    reports: Reports
    promises: list[PromiseNow]
    sharing: Sharing | None


def read_afterwards(file: Opened, talk_id: UUID) -> TalkAfterwards:
    """Read both reports of a talk of this client, or raise NotHere."""
    today = local_day(file.edge.now, current_site().zone)
    return TalkAfterwards(
        file.client.id,
        client_name(sealer(), file.client),
        get_talk(file.session, sealer(), file.client, talk_id),
        list_reports(file.session, sealer(), file.client, talk_id),
        list_promises(file.session, sealer(), file.client, talk_id),
        find_sharing(file.session, file.client, KIND, talk_id, today),
    )


def reports_page(found: TalkAfterwards, *, typed: Mapping[str, str] | None = None, notice: str = "", said: str = "") -> str:
    """Render both sides; a counsellor sees the client's only while it is shared."""
    is_staff = _actor().role is not Role.CLIENT
    side = side_of(_actor())
    mine = found.reports.of(side)
    newest = mine[0].words if mine else {}
    return render(
        "talks/reports.html",
        page="reports",
        title=STAFF_TITLE if is_staff else OWN_TITLE,
        found=found,
        is_staff=is_staff,
        side=side,
        fields=FIELDS,
        client_versions=found.reports.client if not is_staff or found.sharing else (),
        values={name: (typed or newest).get(name, "") for name in FIELDS[side]},
        base=mine[0].number if mine else 0,
        shares=(typed or {}).get("who", "both" if found.sharing else "me") == "both",
        notice=notice,
        said=said,
        most=LONGEST,
    )


def show_reports(client_id: UUID | None, talk_id: UUID) -> str:
    """Return the page."""
    with opened(g.actor, client_id, Event.READ, "reports of a talk") as file:
        found = read_afterwards(file, talk_id)
        page = reports_page(found, said=request.args.get("said", ""))
    if client_id and found.sharing:
        note_read(file, found.sharing)
    return page


def take_report(client_id: UUID | None, talk_id: UUID) -> tuple[str, int] | None:
    """Take a report, and of a client who may read it: None when it is kept, else the page to answer with."""
    actor, base = _actor(), min(request.form.get("base", 0, type=int), MOST_VERSIONS)
    try:
        with opened(actor, client_id, Event.CHANGE, "report of a talk") as file:
            get_talk(file.session, sealer(), file.client, talk_id)
            words = {name: request.form.get(name, "") for name in FIELDS[side_of(actor)]}
            is_new = write_report(
                file.session, sealer(), actor, file.client, talk_id, words=words, base=base, edge=file.edge
            )
            if side_of(actor) is Side.CLIENT:
                _share(file, talk_id, is_new=is_new)
    except ChangedMeanwhile as error:
        with opened(actor, client_id, Event.READ, "reports of a talk") as file:
            found = read_afterwards(file, talk_id)
        return reports_page(found, typed=request.form.to_dict(), notice=error.what), 409
    return None


def _share(file: Opened, talk_id: UUID, *, is_new: bool) -> None:
    """Let the counsellor read along, or not any more, as the client chose beside the words."""
    today = local_day(file.edge.now, current_site().zone)
    shared = find_sharing(file.session, file.client, KIND, talk_id, today)
    if request.form.get("who") != "both":
        stop_sharing(file.session, file.client, KIND, talk_id)
    elif shared is None:
        share(file.session, file.client, KIND, talk_id, until=None, edge=file.edge)
    elif is_new:
        wrote_in(file.session, file.client, shared, edge=file.edge)


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
