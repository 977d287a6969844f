"""The pages of appointments: a counsellor's, with everything that can be done with one, and a client's own."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from flask import request

from selfhelp.appointments.domain import TALK_WAYS, AppointmentState
from selfhelp.appointments.planning import Talk
from selfhelp.offer.domain.offer import WAYS
from selfhelp.talks.pages import OWN_TITLE, STAFF_TITLE
from selfhelp.web.rendering import render


def talks_page(
    client_id: UUID, name: str, found: Sequence[Talk], *, faults: Mapping[str, str], moved: UUID | None = None
) -> str:
    """Render a client's appointments. With `faults`, what was typed comes back in the form that it was typed into."""
    planned = sorted((each for each in found if each.state is AppointmentState.PLANNED), key=lambda each: each.starts_at)
    return render(
        "talks/planning.html",
        page="appointments",
        title=STAFF_TITLE,
        client_id=client_id,
        name=name,
        planned=planned,
        past=[each for each in found if each.state is not AppointmentState.PLANNED],
        faults=faults,
        moved=moved,
        typed=request.form if faults else {},
        said=request.args.get("said", ""),
        fresh_ids=[uuid4() for _ in range(3)],
        ways=TALK_WAYS,
        contact_ways=WAYS,
    )


def own_talks_page(found: Sequence[Talk]) -> str:
    """Render a client's own talks: what is planned, and what was."""
    planned = sorted((each for each in found if each.state is AppointmentState.PLANNED), key=lambda each: each.starts_at)
    past = [each for each in found if each.state is not AppointmentState.PLANNED]
    return render("talks/own_list.html", page="own-talks", title=OWN_TITLE, planned=planned, past=past)
