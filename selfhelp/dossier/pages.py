"""The pages of *Mijn map*."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from selfhelp.appointments.ahead import TalkAhead
from selfhelp.assessments.waiting import find_waiting
from selfhelp.care.closings import ClosingNow, find_closing
from selfhelp.care.gate import Opened
from selfhelp.care.phases import BEFORE_GUIDANCE, WANTED_AGAIN
from selfhelp.care.signing_up import CameHow, find_sign_up
from selfhelp.care.who_helps import WhoHelps, who_helps
from selfhelp.core.i18n import mark
from selfhelp.dossier.told import Told
from selfhelp.instruments.service import Catalogue
from selfhelp.modules.agreed import agreed_steps, first_step, states_of
from selfhelp.modules.domain import RunState
from selfhelp.modules.overview import LONG_AWAY, ModuleNow
from selfhelp.modules.plans import Plan
from selfhelp.modules.presentation import step_titles
from selfhelp.modules.service import Trainings
from selfhelp.offer.domain.offer import Offer
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant


@dataclass(frozen=True, slots=True)
class WhereTheyAre:
    """Where a client is in the trajectory: who helps, how they came if they wait, how far a closing is."""

    helping: WhoHelps
    came: CameHow | None
    closing: ClosingNow | None


def where_they_are(file: Opened) -> WhereTheyAre:
    """Return where a client is: one statement, and one more for somebody who waits or rounds off."""
    helping = who_helps(file.session, file.client, file.edge.now)
    waits = file.client.phase in BEFORE_GUIDANCE and not helping.now  # in an intake somebody is there already
    came = find_sign_up(file.session, sealer(), file.client) if waits else None
    return WhereTheyAre(helping, came, find_closing(file.session, sealer(), file.client))


def _unfinished(mine: Sequence[ModuleNow]) -> ModuleNow | None:
    """Return the training that was touched last, of those with something left to do."""
    working = (each for each in mine if each.state is not RunState.STOPPED)
    return next((each for each in working if each.finished < len(each.steps)), None)


def home_page(
    name: str, mine: Sequence[ModuleNow], where: WhereTheyAre, plans: Sequence[Plan], told: Told, *, talk: TalkAhead
) -> str:
    """Render one thing to do first, then the trainings. Whoever was away long finds no backlog."""
    site = current_site()
    trainings, variant, offered = site.part(Trainings), current_variant(site), site.part(Catalogue).offered()
    known = {each.module.key for each in mine}
    agreed = agreed_steps(told.path, states_of(mine), trainings)
    unread = [each for each in told.unread if trainings.offers(each.where)]
    keys = known | {each.module.key for each in plans} | {each.module.key for each in agreed}
    keys |= {each.where[0] for each in unread}
    waiting = find_waiting()
    been_away = bool(mine) and now() - mine[0].last_at >= LONG_AWAY
    return render(
        "dossier/home.html",
        page="my",
        title=mark("My page"),
        name=name,
        mine=mine,
        first=first_step(agreed, mine, even_resting=been_away),
        away_from=_unfinished(mine),
        been_away=been_away,
        titles={key: step_titles(trainings, trainings.modules[key], variant) for key in keys},
        others=[module for key, module in trainings.modules.items() if key not in known],
        where=where,
        ways_in=told.ways_in,
        profile=site.part(Offer).profile,
        ask_again=where.came is not None and now() - where.came.wanted_at >= WANTED_AGAIN,
        said=request.args.get("waiting", ""),
        plans=plans,
        talk=talk,
        waits=waiting is not None,
        agreement=told.path,
        agreed=agreed,
        unread=unread,
        asked=[each for each in told.asked if each.slug in {one.slug for one in offered}],
        waiting_slug=waiting.slug if waiting else "",
        instruments={each.slug: each for each in offered},
        today=local_day(now(), site.zone),
    )
