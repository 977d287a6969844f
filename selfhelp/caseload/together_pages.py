"""The page of a step that client and counsellor fill in together, on the counsellor's device."""

from uuid import uuid4

from flask import g, request

from selfhelp.care.errors import NotYours
from selfhelp.care.gate import Opened
from selfhelp.care.service import client_name
from selfhelp.care.sharing import find_sharing
from selfhelp.caseload.path_pages import TITLE, today
from selfhelp.modules.domain import Module, Step
from selfhelp.modules.entries import Filled, Values
from selfhelp.modules.presentation import step_view
from selfhelp.modules.service import Trainings
from selfhelp.modules.together import seen_by_both
from selfhelp.modules.working import Desk, Looked
from selfhelp.web.paper import way_back
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant


def together_page(file: Opened, module: Module, one: Step, filled: Filled | None = None) -> str:
    """Render a step to fill in together; with `filled`, what was typed and is wrong with it."""
    only_who_helps(file)
    site = current_site()
    trainings, variant = site.part(Trainings), current_variant(site)
    looked, shown = seen_now(file, module, one)
    return render(
        "caseload/step_together.html",
        page="step-together",
        title=TITLE,
        client=file.client,
        name=client_name(sealer(), file.client),
        module=module,
        step=one,
        view=step_view(trainings, module, one, variant, today()),
        values=filled.values if filled else shown,
        shown=request.form.get("shown", "") if filled else " ".join(shown),
        faults=filled.faults if filled else {},
        # Not the revision where nothing is shown: it would tell that something is there.
        base=request.form.get("base", "0") if filled else looked.entry.revision if shown else 0,
        change=request.form.get("change") if filled else uuid4(),
        saved="kept" in request.args,
        way=way_back(f"/my/trainings/{module.key}/{one.key}"),
    )


def seen_now(file: Opened, module: Module, one: Step) -> tuple[Looked, Values]:
    """Return a step as the client finds it, and what of it both may see in a talk."""
    looked = Desk(file.session, sealer(), file.client, file.edge).look(module, one)
    sharing = find_sharing(file.session, file.client, "step", looked.entry_id, today())
    return looked, seen_by_both(looked.entry, g.actor, file.edge.now, is_shared=sharing is not None)


def only_who_helps(file: Opened) -> None:
    """Refuse a colleague with a reason: that opens a file to look into, and this is a talk."""
    if file.reason:
        raise NotYours(file.client.id)
