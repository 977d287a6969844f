"""*Samenvatting voor het cliëntdossier*: edited by the counsellor, copied or taken along as PDF, stored nowhere."""

from uuid import UUID

from flask import Blueprint, Response, g, request

from selfhelp.accounts.domain import WITH_CLIENTS
from selfhelp.care.domain import Event
from selfhelp.care.gate import Opened, opened
from selfhelp.core.i18n import mark
from selfhelp.talks.pages import STAFF_TITLE
from selfhelp.talks.paper import as_pdf
from selfhelp.talks.summary import TalkSummed, file_name, sum_up, written
from selfhelp.web.access import allow
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

blueprint = Blueprint("summary", __name__, url_prefix="/clients/<uuid:client_id>/talks/<uuid:talk_id>/summary")
LONGEST = 12_000
PDF_TITLE = mark("Summary")


@blueprint.get("")
@allow(*WITH_CLIENTS)
def summary(client_id: UUID, talk_id: UUID) -> str:
    """Show the summary, to be edited and taken along."""
    site = current_site()
    with opened(g.actor, client_id, Event.READ, "summary of a talk") as file:
        found = _summed(file, talk_id)
    text = written(found, current_variant(site).words, site.zone)
    told = {"client_id": client_id, "talk": found.talk, "name": found.name, "text": text, "most": LONGEST}
    return render("talks/summary.html", page="summary", title=STAFF_TITLE, **told)


@blueprint.post("/pdf")
@allow(*WITH_CLIENTS)
def pdf(client_id: UUID, talk_id: UUID) -> Response:
    """Return the edited text as PDF. It is paper of one talk, so the log calls it printing; the text is not kept."""
    variant = current_variant(current_site())
    with opened(g.actor, client_id, Event.PRINT, "summary of a talk") as file:
        talk = _summed(file, talk_id).talk
    text = request.form.get("text", "").strip()[:LONGEST]
    body = as_pdf(text, title=variant.words(PDF_TITLE), language=variant.language)
    name = file_name((talk.began_at or talk.starts_at).astimezone(current_site().zone).date())
    return Response(body, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _summed(file: Opened, talk_id: UUID) -> TalkSummed:
    site = current_site()
    return sum_up(file.session, sealer(), file.client, talk_id, site=site, variant=current_variant(site), edge=file.edge)
