"""The forms of whoever leads: inviting somebody, naming a team."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from selfhelp.accounts.domain import Role, is_plain, normal_username
from selfhelp.accounts.invitations import Person
from selfhelp.core.errors import NotHere
from selfhelp.core.i18n import mark
from selfhelp.core.typed import id_of

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
LENGTH = 80
NO_LAST_DAY = mark("Choose a last day that is still to come.")


def read_person(form: Mapping[str, str], roles: Collection[Role], today: date) -> tuple[Person, dict[str, str]]:
    """Return who is invited, to one of `roles`, and what is wrong with which field (marked messages)."""
    given = {name: form.get(name, "").strip() for name in ("username", "given_name", "surname", "function", "role")}
    faults: dict[str, str] = {}
    if not USERNAME.fullmatch(normal_username(given["username"])):
        faults["username"] = mark("Use 3 to 40 letters, digits, dots or dashes, without spaces.")
    if not given["given_name"] or len(given["given_name"]) > LENGTH:
        faults["given_name"] = mark("Fill in the first name: it is what clients read.")
    for name in ("surname", "function"):
        if len(given[name]) > LENGTH:
            faults[name] = mark("This is too long: at most 80 characters.")
    for name in ("given_name", "surname", "function"):
        if not is_plain(given[name]):
            faults[name] = mark("There is a sign in this that cannot be kept. Type it again by hand.")
    role = given["role"] if given["role"] in {each.value for each in roles} else ""
    if not role:
        faults["role"] = mark("Choose one of the roles.")
    last_day, fault = read_last_day(form.get("last_day", "").strip(), role, today)
    if fault:
        faults["last_day"] = fault
    names = (given["given_name"], given["surname"], given["function"])
    return Person(given["username"], Role(role or "volunteer"), *names, last_day), faults


def read_last_day(given: str, role: str, today: date) -> tuple[date | None, str]:
    """Return the last day of somebody of a role, None for no last day, and what is wrong with it (a marked message)."""
    try:
        last_day = date.fromisoformat(given) if given else None
    except ValueError:
        return None, NO_LAST_DAY
    if last_day is None:
        return None, mark("A trainee has a last day: fill it in.") if role == Role.TRAINEE else ""
    return (last_day, "") if last_day >= today else (None, NO_LAST_DAY)


TEAM_NAME_LENGTH = 80
TAKEN_NAME = mark("There is a team of that name. Choose another name.")


def read_team_name(form: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the name of a team, and what is wrong with it (marked messages)."""
    name = " ".join(form.get("name", "").split())
    if not name or len(name) > TEAM_NAME_LENGTH:
        return name, {"name": mark("Give the team a name of at most 80 characters.")}
    return name, {}


def read_id(form: Mapping[str, str], name: str) -> UUID:
    """Return an id that the form brought along; NotHere for something that is none."""
    found = id_of(form.get(name, ""))
    if found is None:
        raise NotHere
    return found
