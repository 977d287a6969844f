"""The page of a caseload: who needs attention, and why, in words that a counsellor reads between two talks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import g

from selfhelp.accounts.domain import Actor
from selfhelp.care.lines import facts_of
from selfhelp.care.lists import SHOWS, Page, Row, Show
from selfhelp.care.models import Client
from selfhelp.care.phases import Concern, PhaseKind, last_sign
from selfhelp.care.service import client_name
from selfhelp.core.i18n import mark
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer


@dataclass(frozen=True, slots=True)
class Line:
    """One client of the list, as the template shows it."""

    client: Client
    name: str
    now: frozenset[Concern]
    finished: int
    quiet_since: datetime | None
    stands_in: bool

    @property
    def is_begun(self) -> bool:
        """Whether the client is where most are, so that the phase need not be said."""
        return self.client.phase == PhaseKind.GUIDANCE


def line_of(row: Row, finished: Mapping[UUID, int]) -> Line:
    """Return a row with its name opened."""
    client, attention = row.client, frozenset(row.now)
    quiet_since = last_sign(facts_of(client)) if Concern.QUIET in attention else None
    told = (attention, finished.get(client.id, 0), quiet_since, row.stands_in)
    return Line(client, client_name(sealer(), client), *told)


def caseload_page(page: Page, finished: Mapping[UUID, int], *, show: Show, waiting: int, is_first: bool) -> str:
    """Render one page of a caseload. `waiting` counts who waits for somebody of the team."""
    actor: Actor = g.actor
    return render(
        "caseload/list.html",
        page="caseload",
        title=mark("Clients"),
        lines=[line_of(row, finished) for row in page.rows],
        found=page,
        show=show,
        shows=SHOWS,
        waiting=waiting,
        is_first=is_first,
        actor=actor,
    )


def found_page(page: Page, finished: Mapping[UUID, int], asked: str, *, waiting: int) -> str:
    """Render one page of the own clients who have such a name."""
    lines = [line_of(row, finished) for row in page.rows]
    told = {"lines": lines, "asked": asked, "waiting": waiting, "shows": SHOWS, "show": "", "actor": g.actor}
    return render("caseload/list.html", page="caseload", title=mark("Clients"), found=page, **told)
