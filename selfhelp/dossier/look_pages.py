"""The pages of *Wie keek in mijn map*."""

from uuid import UUID

from flask import request

from selfhelp.care.access_log import Wanted
from selfhelp.care.gate import Opened
from selfhelp.care.log_words import told
from selfhelp.care.reports import LONGEST, find_line, has_other_leader, is_about_leader, what_was_said
from selfhelp.core.i18n import mark
from selfhelp.dossier.looks import looks_at
from selfhelp.dossier.period import NAMED, read_period
from selfhelp.offer.domain.offer import Offer
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.site import current_site

MOST = 2_000_000_000


def looks_page(file: Opened, own_id: UUID) -> tuple[str, int]:
    """Render the sentences of the period that is asked for; what the owner did stands there on request only."""
    site, own_too = current_site(), "all" in request.args
    period, faults = read_period(request.args, local_day(now(), site.zone))
    since, until = period.moments(site.zone)
    before = min(max(0, request.args.get("before", 0, type=int)), MOST)
    wanted = Wanted(None if own_too else own_id, since, until, before or None)
    page = render(
        "dossier/who_looked.html",
        page="who-looked",
        title=mark("My page"),
        looks=looks_at(file.session, file.client, wanted, site.zone, what_was_said(file.session, file.client)),
        own_too=own_too,
        own_id=own_id,
        period=period,
        named=NAMED,
        faults=faults,
        typed=request.args,
        is_first=not before,
        surnames=site.part(Offer).profile.surnames,
    )
    return page, 400 if faults else 200


def not_right_page(file: Opened, entry_id: UUID) -> str:
    """Render the form about one line. Where it is about who reads such reports, it names another way too."""
    line = find_line(file.session, file.client, entry_id)
    about_leader = is_about_leader(line)
    return render(
        "dossier/not_right.html",
        page="not-right",
        title=mark("My page"),
        line=line,
        told=told(line.event, line.what),
        most=LONGEST,
        about_leader=about_leader,
        is_read=not about_leader or has_other_leader(file.session, line, file.edge.now),
        complaints=current_site().part(Offer).profile.complaints,
    )
