"""Every route that is not public: who may call it at all, and whose thing its address names.

Written by hand and compared with what the code declares, so that a slip in a decorator is not repeated by its own test.
One line per endpoint: roles, then for an address with an id `of` whom it is, then what a good form holds.
"""

from dataclasses import dataclass, field

CLIENT = frozenset({"client"})
CARE = frozenset({"counsellor", "trainee"})
FILES = CARE | {"coordinator"}
LEADERS = frozenset({"coordinator", "administrator"})
ALL = frozenset({"client", "counsellor", "trainee", "volunteer", "coordinator", "administrator"})
ANYONE, HALF, FORM = frozenset({"anyone"}), frozenset({"half"}), frozenset({"form"})


@dataclass(frozen=True)
class Door:
    """`passes`: names of the people (tests/access/people.py) for whom the sample address is theirs.

    A value of the form that begins with @ is an id of what is in Jef's file (tests/access/file_of_jef.py).
    """

    roles: frozenset[str]
    passes: tuple[str, ...] = ()
    form: dict[str, str] = field(default_factory=dict)
    has_ids: bool = False


def own(**form: str) -> Door:
    return Door(CLIENT, ("jef",), form, has_ids=True)


def file(roles: frozenset[str] = FILES, **form: str) -> Door:
    return Door(roles, ("youssef",), form, has_ids=True)


DOORS = {
    "accounts.alive": Door(ALL),
    "accounts.devices": Door(ALL),
    "accounts.end_device": Door(ALL, ("jef",), has_ids=True),
    "accounts.form": Door(ANYONE),
    "accounts.log_in": Door(ANYONE),
    "accounts.log_out": Door(HALF),
    "cards.form": Door(ANYONE),
    "cards.log_in": Door(ANYONE),
    "caseload.block": file(CARE),
    "caseload.card": file(CARE),
    "caseload.caseload": Door(CARE),
    "caseload.search": Door(CARE),
    "client_shared.client": file(),
    "client_shared.photo": file(),
    "client_shared.picture": file(),
    "client_shared.result": file(),
    "client_shared.step": file(),
    "client_sheet.keep": file(CARE, base="1", paper="x"),
    "client_sheet.sheet": file(CARE),
    "client_sheet.stop": file(CARE),
    "confirming.confirm": Door(ALL),
    "days.call_off": Door(CARE, ("youssef",), has_ids=True),
    "days.days": Door(CARE),
    "days.leave": Door(CARE),
    "days.week": Door(CARE),
    "confirming.form": Door(ALL),
    "device.device": Door(CLIENT),
    "device.work": Door(CLIENT),
    "dossier.home": Door(CLIENT),
    "dossier.not_right": own(words="x"),
    "dossier.not_right_form": own(),
    "dossier.who_looked": Door(CLIENT),
    "joining.accept": Door(ANYONE),
    "joining.invitation": Door(ANYONE),
    "joining.second_factor": Door(HALF),
    "joining.set_second_factor": Door(HALF),
    "newcomers.add": Door(CARE),
    "newcomers.answered": file(CARE),
    "newcomers.back": Door(CARE, (), {"name": "x", "reach": "x"}, has_ids=True),
    "newcomers.form": Door(CARE),
    "newcomers.take": file(CARE),
    "newcomers.waiting": Door(CARE),
    "organisation.invite_somebody": Door(LEADERS),
    "organisation.reports": Door(frozenset({"coordinator"})),
    "organisation.set_open": Door(LEADERS, ("coordinator", "administrator"), has_ids=True),
    "organisation.staff": Door(LEADERS),
    "own_modules.module": Door(CLIENT),
    "own_modules.run": Door(CLIENT),
    "own_modules.save": Door(CLIENT),
    "own_modules.step": Door(CLIENT),
    "own_modules.stuck": Door(CLIENT),
    "own_modules.stuck_form": Door(CLIENT),
    "own_waiting.answered": Door(CLIENT),
    "own_waiting.ask": Door(CLIENT),
    "passkeys.add": Door(ALL),
    "passkeys.advice": Door(CLIENT),
    "passkeys.log_in": Door(ANYONE),
    "passkeys.options_to_add": Door(ALL),
    "passkeys.options_to_log_in": Door(ANYONE),
    "passkeys.overview": Door(ALL),
    "passkeys.remove": Door(ALL, ("jef",), has_ids=True),
    "password.change": Door(ALL),
    "password.form": Door(ALL),
    "photos.photo": own(),
    "photos.picture": own(),
    "photos.send": Door(CLIENT),
    "photos.take_it_back": own(),
    "planning.form": file(CARE),
    "planning.keep": file(CARE, day="2026-12-03", time="14:00", way="visit"),
    "planning.still": file(),
    "privacy.form": Door(CLIENT),
    "privacy.take": Door(CLIENT),
    "results.all_results": Door(CLIENT),
    "results.choose_to_keep": Door(FORM),
    "results.keep": Door(CLIENT),
    "results.remove": own(),
    "results.results": Door(CLIENT),
    "sharing.all_shared": Door(CLIENT),
    "sharing.begin": own(until=""),
    "sharing.stop": own(),
    "sheet.keep": Door(CLIENT),
    "sheet.sheet": Door(CLIENT),
    "sheet.stop": Door(CLIENT),
    "sheet.who_can_read": Door(CLIENT),
    "team_files.form": Door(FILES),
    "trajectory.closing": file(CARE),
    "trajectory.days": file(CARE, access_until="2026-12-24"),
    "trajectory.do": file(CARE),
    "trajectory.look_back": file(CARE, words="x"),
    "trajectory.over": file(CARE, to="@colleague_id"),
    "trajectory.phase": file(CARE, kind="guidance"),
    "trajectory.reference": file(CARE, reference="x"),
    "trajectory.stand_in": file(CARE, stand_in="@colleague_id", first_on="2026-12-01", last_on="2026-12-03"),
    "trajectory.trajectory": file(CARE),
    "team_files.open_file": Door(
        FILES, ("youssef", "colleague of the team", "coordinator"), {"reason": "urgent"}, has_ids=True
    ),
    "team_files.search": Door(FILES),
}
