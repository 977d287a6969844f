"""The page on which a counsellor writes a few words about a step."""

from uuid import UUID, uuid4

from flask import g

from selfhelp.care.gate import Opened
from selfhelp.care.service import client_name
from selfhelp.caseload.path_pages import TITLE, today
from selfhelp.core.errors import NotHere
from selfhelp.modules.feedback import LONGEST_WORDS, list_feedback, may_be_said
from selfhelp.modules.service import Trainings
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant


def feedback_page(
    file: Opened, where: tuple[str, str], *, typed: tuple[UUID | None, str] = (None, ""), fault: str = "", notice: str = ""
) -> str:
    """Render what was said about a step and the form; with `typed` (id and words), what is wrong with it."""
    check_step(file, where)
    module, step = current_site().part(Trainings).get_step(*where)
    variant = current_variant(current_site())
    return render(
        "caseload/feedback.html",
        page="feedback",
        title=TITLE,
        client=file.client,
        name=client_name(sealer(), file.client),
        reason=file.reason,
        module=module,
        step=step,
        step_title=module.step_text(step, variant.language)[0].title.by(variant.register),
        said=list_feedback(file.session, sealer(), file.client, where),
        note_id=typed[0] or uuid4(),
        words=typed[1],
        fault=fault,
        notice=notice,
        most=LONGEST_WORDS,
        own_id=g.actor.account_id,
    )


def check_step(file: Opened, where: tuple[str, str]) -> None:
    """Raise NotHere unless the step is offered, and agreed on or shared."""
    current_site().part(Trainings).get_step(*where)
    if not may_be_said(file.session, file.client, where, today()):
        raise NotHere
