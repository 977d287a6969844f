"""The pages around a talk. *Voor het gesprek* is one template and one read model, for the counsellor and for the client."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID, uuid4

from flask import g

from selfhelp.accounts.domain import Actor, Role
from selfhelp.appointments.dates import LONGEST as LONGEST_DATE
from selfhelp.appointments.dates import MOST as MOST_DATES
from selfhelp.appointments.domain import TALK_WAYS
from selfhelp.appointments.promises import LONGEST as LONGEST_PROMISE
from selfhelp.appointments.wishes import LINES, MOST
from selfhelp.appointments.wishes import LONGEST as LONGEST_WISH
from selfhelp.care.gate import Opened
from selfhelp.care.lines import looked_at
from selfhelp.core.i18n import mark
from selfhelp.modules.domain import FINISHED, Choice
from selfhelp.modules.overview import modules_now
from selfhelp.modules.presentation import step_titles
from selfhelp.modules.service import Trainings
from selfhelp.talks.before import BeforeTalk, before_talk
from selfhelp.talks.forms import BETWEEN
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import writing
from selfhelp.web.variant import current_variant

STAFF_TITLE, OWN_TITLE = mark("Clients"), mark("My page")
MOST_OPEN = 12
"""How many steps of a training are offered to choose from."""

Offered = list[tuple[str, list[tuple[str, str]]]]
"""Of each training its title, and key and title of the steps that are still open."""


def read_before(file: Opened, talk_id: UUID | None = None) -> BeforeTalk:
    """Read what both see before a talk."""
    site = current_site()
    return before_talk(
        file.session, sealer(), file.client, site=site, variant=current_variant(site), edge=file.edge, talk_id=talk_id
    )


def before_page(found: BeforeTalk, *, reason: str = "", prints: bool = False) -> str:
    """Render *Voor het gesprek*; for the client it is called *Zo ziet Mieke het*."""
    is_staff = _actor().role is not Role.CLIENT
    return render(
        "talks/before.html",
        page="before",
        title=STAFF_TITLE if is_staff else OWN_TITLE,
        found=found,
        is_staff=is_staff,
        reason=reason,
        prints=prints,
        fresh_id=uuid4(),
        ways=TALK_WAYS,
    )


def note_looked(file: Opened) -> None:
    """Note that the counsellor has seen the page: after it was made, so that a fault on the way leaves what is fresh."""
    if file.client.fresh and not file.reason:
        with writing() as session:
            looked_at(session, file.client)


def offered_steps(file: Opened) -> Offered:
    """Return the steps from which the next small ones are chosen."""
    site = current_site()
    trainings, variant = site.part(Trainings), current_variant(site)
    mine = {each.module.key: each for each in modules_now(file.session, sealer(), file.client, trainings)}
    found: Offered = []
    for key, module in trainings.modules.items():
        finished = {one.step.key for one in mine[key].steps if one.state in FINISHED} if key in mine else set()
        titles = step_titles(trainings, module, variant)
        still_open = [(f"{key}{BETWEEN}{step}", title) for step, title in titles.items() if step not in finished]
        found.append((module.text(variant.language).title.by(variant.register), still_open[:MOST_OPEN]))
    return [each for each in found if each[1]]


def talk_page(
    found: BeforeTalk,
    offered: Offered,
    *,
    typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    notice: str = "",
    said: str = "",
) -> str:
    """Render the page of a talk; with `typed`, what was typed and could not be kept."""
    typed = typed or {}
    return render(
        "talks/talk.html",
        page="talk-now",
        title=STAFF_TITLE,
        found=found,
        is_staff=True,
        offered=offered,
        typed=typed,
        faults=faults or {},
        notice=notice,
        said=said,
        choices=list(Choice),
        ways=TALK_WAYS,
        lines={name: list(line_ids(typed, f"{name}-", LINES)) for name in ("client", "counsellor", "wish")},
        next_id=typed.get("next") or uuid4(),
        minutes=minutes_so_far(found, now()),
        most={"promise": LONGEST_PROMISE, "wish": LONGEST_WISH},
    )


def line_ids(typed: Mapping[str, str], prefix: str, least: int) -> Iterator[str]:
    """Yield the ids of lines that were typed, and fresh ones until there are enough."""
    known = [name.removeprefix(prefix) for name in typed if name.startswith(prefix)]
    yield from known
    yield from (str(uuid4()) for _ in range(least - len(known)))


def minutes_so_far(found: BeforeTalk, at: datetime) -> int:
    """Return how long a talk has lasted, in steps of five minutes as people note it."""
    talk = found.talk
    began = talk.began_at if talk else None
    if talk is None or began is None:
        return 0
    lasted = ((talk.ended_at or at) - began).total_seconds() / 60
    return min(600, max(5, round(lasted / 5) * 5))


def own_talk_page(
    found: BeforeTalk, *, typed: Mapping[str, str] | None = None, faults: Mapping[str, str] | None = None, said: str = ""
) -> str:
    """Render the client's own page of the next talk: what to talk about, dates, promises."""
    typed = typed or {}
    known = [str(each.id) for each in found.agenda.wishes]
    fresh = [each for each in line_ids(typed, "wish-", 0) if each not in known]
    blank = max(1 if len(known) < MOST else 0, LINES - len(known)) - len(fresh)
    return render(
        "talks/own.html",
        page="own-talk",
        title=OWN_TITLE,
        found=found,
        typed=typed,
        faults=faults or {},
        said=said,
        blanks=[*fresh, *(str(uuid4()) for _ in range(blank))],
        date_id=typed.get("id") or uuid4(),
        most={"wish": LONGEST_WISH, "date": LONGEST_DATE, "dates": MOST_DATES},
    )


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
