"""The page of working days and leaves, and what its forms say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from flask import request

from selfhelp.accounts.domain import Actor
from selfhelp.accounts.models import Account
from selfhelp.appointments.planning import OfClient
from selfhelp.care.models import Absence
from selfhelp.core.i18n import mark
from selfhelp.core.typed import day_of, id_of
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.site import current_site

CHOICES = ("move", "hand_over", "wait")
WRONG_DAYS = mark("Choose a first and a last day; the last one is today or later.")
NO_CHOICE = mark("Choose what happens with your clients meanwhile.")
NO_STAND_IN = mark("Choose who stands in for you.")


@dataclass(frozen=True, slots=True)
class Planned:
    """A talk that falls into a leave, with whom."""

    name: str
    talk: OfClient


def days_page(
    own_days: str,
    leaves: Sequence[Absence],
    talks: Mapping[UUID, Sequence[Planned]],
    mates: Sequence[Account],
    faults: Mapping[str, str],
) -> str:
    """Render the page; a form with faults comes back as it was typed."""
    return render(
        "caseload/days.html",
        page="days",
        title=mark("Clients"),
        own_days=own_days,
        leaves=leaves,
        talks=talks,
        mates=mates,
        names={each.id: each.given_name for each in mates},
        faults=faults,
        given=request.form if faults else {},
        leave_id=request.form.get("id") if faults else uuid4(),
        said=request.args.get("said", ""),
    )


def read_days(ticked: Sequence[str]) -> str:
    """Return the ticked days (`0` is Monday) as seven signs."""
    return "".join("1" if str(number) in ticked else "0" for number in range(7))


def read_leave(form: Mapping[str, str], actor: Actor) -> tuple[Absence | None, dict[str, str]]:
    """Return the leave of a form, or what is wrong with which field (marked messages)."""
    faults: dict[str, str] = {}
    first, last = day_of(form.get("first_on", "")), day_of(form.get("last_on", ""))
    if first is None or last is None or last < first or last < local_day(now(), current_site().zone):
        faults["first_on"] = WRONG_DAYS
    choice, stand_in = form.get("choice", ""), id_of(form.get("stand_in", ""))
    if choice not in CHOICES:
        faults["choice"] = NO_CHOICE
    if choice == "hand_over" and stand_in is None:
        faults["stand_in"] = NO_STAND_IN
    if faults or first is None or last is None:
        return None, faults
    ids = {"id": id_of(form.get("id", "")) or uuid4(), "organisation_id": actor.organisation_id}
    kept = {"account_id": actor.account_id, "first_on": first, "last_on": last, "choice": choice}
    return Absence(**ids, **kept, stand_in_id=stand_in if choice == "hand_over" else None), {}
