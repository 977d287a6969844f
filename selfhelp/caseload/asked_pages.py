"""The page on which a counsellor asks for a self-test."""

from uuid import uuid4

from selfhelp.assessments.asked import LONGEST_REASON, list_asked
from selfhelp.care.gate import Opened
from selfhelp.care.service import client_name
from selfhelp.care.sharing import shared_now
from selfhelp.caseload.path_pages import TITLE, today
from selfhelp.instruments.service import Catalogue
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site


def asked_page(
    file: Opened, *, slug: str = "", reason: str = "", faults: dict[str, str] | None = None, kept: bool = False
) -> str:
    """Render what a client was asked for and the form to ask; with `faults`, what was typed and is wrong with it."""
    catalogue = current_site().part(Catalogue)
    return render(
        "caseload/asked.html",
        page="asked",
        title=TITLE,
        client=file.client,
        name=client_name(sealer(), file.client),
        is_look=bool(file.reason),
        known=list_asked(file.session, sealer(), file.client),
        shared={item_id for kind, item_id in shared_now(file.session, file.client, today()) if kind == "result"},
        instruments=catalogue.instruments,
        offered=catalogue.offered(),
        fresh_id=uuid4(),
        slug=slug,
        reason=reason,
        faults=faults or {},
        most=LONGEST_REASON,
        kept=kept,
    )
