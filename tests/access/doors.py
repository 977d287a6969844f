"""Every route that is not public: who may call it at all, and whose thing its address names.

Written by hand and compared with what the code declares, so that a slip in a decorator is not repeated by its own test.
One line per endpoint: roles, then for an address with an id `of` whom it is, then what a good form holds.
"""

from dataclasses import dataclass, field

from tests.access.agreed_with_jef import PATH_ID

CLIENT = frozenset({"client"})
CARE = frozenset({"counsellor", "trainee"})
FILES = CARE | {"coordinator"}
LEADERS = frozenset({"coordinator", "administrator"})
ALL = frozenset({"client", "counsellor", "trainee", "volunteer", "coordinator", "administrator"})
STAFF = ALL - CLIENT
ANYONE, HALF, FORM = frozenset({"anyone"}), frozenset({"half"}), frozenset({"form"})
LEADS = ("coordinator", "administrator")
"""Who leads the volunteer whose account the sample addresses name."""


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
    "accounts.leave": Door(FORM),
    "accounts.log_out": Door(ANYONE),
    "asked.before": own(),
    "asked.rather_not": own(),
    "cards.form": Door(ANYONE),
    "cards.log_in": Door(ANYONE),
    "another_moment.form": Door(CLIENT),
    "another_moment.plan": Door(CLIENT),
    "caseload.block": file(CARE),
    "caseload.card": file(CARE),
    "caseload.invitation": file(CARE),
    "caseload.caseload": Door(CARE),
    "caseload.search": Door(CARE),
    "client_goals.add": file(CARE, words="x"),
    "client_goals.add_step": file(CARE, step="x"),
    "client_goals.goal": file(),
    "client_goals.goals": file(CARE),
    "client_goals.point": file(CARE, number="4"),
    "client_goals.set_state": file(CARE),
    "client_goals.set_step": file(CARE),
    "client_goals.words": file(CARE, words="x", base="1"),
    "client_network.add": file(CARE, name="x", kind="family"),
    "client_network.begin": file(CARE),
    "client_network.change": file(CARE, name="x", kind="family"),
    "client_network.drawn": file(),
    "client_network.file": file(CARE),
    "client_network.keep_picture": file(CARE),
    "client_network.person": file(CARE),
    "client_network.picture": file(),
    "client_network.place": file(CARE, ring="near", angle="0"),
    "client_network.take_off": file(CARE),
    "client_asked.ask": file(CARE, slug="djg6", reason="x"),
    "client_asked.asked": file(),
    "client_asked.take_it_back": file(CARE),
    "client_feedback.feedback": file(CARE),
    "client_feedback.say": file(CARE, words="x"),
    "client_path.agree": file(CARE, base=str(PATH_ID), step="administratie-op-orde/b2"),
    "client_path.path": file(),
    "client_path.take_one_off": file(CARE, step="administratie-op-orde/a1"),
    "client_shared.client": file(),
    "client_shared.diary": file(),
    "client_shared.photo": file(),
    "client_shared.picture": file(),
    "client_shared.result": file(),
    "client_shared.step": file(),
    "client_sheet.keep": file(CARE, base="1", paper="x"),
    "client_sheet.sheet": file(CARE),
    "client_sheet.stop": file(CARE),
    "client_together.keep": file(CARE, go="done"),
    "client_together.step": file(CARE),
    "client_together.steps": file(CARE),
    "confirming.confirm": Door(ALL),
    "confirming.form": Door(ALL),
    "days.call_off": Door(CARE, ("youssef",), has_ids=True),
    "days.days": Door(CARE),
    "days.leave": Door(CARE),
    "days.week": Door(CARE),
    "device.device": Door(CLIENT),
    "device.work": Door(CLIENT),
    "diary.add": Door(CLIENT),
    "diary.change": own(text="x", base="1"),
    "diary.diary": Door(CLIENT),
    "diary.entry": own(),
    "diary.remove": own(),
    "dossier.card_is_understood": Door(CLIENT),
    "dossier.home": Door(CLIENT),
    "dossier.not_right": own(words="x"),
    "dossier.not_right_form": own(),
    "dossier.who_looked": Door(CLIENT),
    "goals.add": Door(CLIENT),
    "goals.add_step": own(step="x"),
    "goals.goal": own(),
    "goals.goals": Door(CLIENT),
    "goals.point": own(number="4"),
    "goals.remove": own(),
    "goals.set_state": own(),
    "goals.set_step": own(),
    "goals.words": own(words="x", base="1"),
    "factors.add_first_passkey": Door(HALF),
    "factors.change_authenticator": Door(STAFF),
    "factors.make_recovery_codes": Door(STAFF),
    "factors.options_for_first_passkey": Door(HALF),
    "factors.other_authenticator": Door(STAFF),
    "factors.recovery_codes": Door(STAFF),
    "factors.second_factor": Door(HALF),
    "factors.set_second_factor": Door(HALF),
    "invitations.accept": Door(ANYONE),
    "invitations.form": Door(ANYONE),
    "invitations.next_time": Door(CLIENT),
    "feedback.thanks": own(),
    "joining.accept": Door(ANYONE),
    "joining.invitation": Door(ANYONE),
    "newcomers.add": Door(CARE),
    "newcomers.answered": file(CARE),
    "newcomers.back": Door(CARE, (), {"name": "x", "reach": "x"}, has_ids=True),
    "newcomers.form": Door(CARE),
    "newcomers.take": file(CARE),
    "newcomers.waiting": Door(CARE),
    "network.add": Door(CLIENT),
    "network.change": own(name="x", kind="family"),
    "network.drawn": Door(CLIENT),
    "network.file": Door(CLIENT),
    "network.keep_picture": Door(CLIENT),
    "network.person": own(),
    "network.picture": own(),
    "network.place": own(ring="near", angle="0"),
    "network.remove": Door(CLIENT),
    "network.remove_picture": own(),
    "network.take_off": own(),
    "organisation.change_last_day": Door(LEADERS, LEADS, {"last_day": "2027-01-31"}, has_ids=True),
    "organisation.invite_anew": Door(LEADERS, LEADS, has_ids=True),
    "organisation.invite_somebody": Door(LEADERS),
    "organisation.set_open": Door(LEADERS, LEADS, has_ids=True),
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
    "reports.looked_into": Door(frozenset({"coordinator"}), ("coordinator",), has_ids=True),
    "reports.reports": Door(frozenset({"coordinator"})),
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
    "team_files.open_file": Door(
        FILES, ("youssef", "colleague of the team", "coordinator"), {"reason": "urgent"}, has_ids=True
    ),
    "team_files.search": Door(FILES),
    "trajectory.closing": file(CARE),
    "trajectory.days": file(CARE, access_until="2026-12-24"),
    "trajectory.do": file(CARE),
    "trajectory.look_back": file(CARE, words="x"),
    "trajectory.over": file(CARE, to="@colleague_id"),
    "trajectory.phase": file(CARE, kind="guidance"),
    "trajectory.reference": file(CARE, reference="x"),
    "trajectory.stand_in": file(CARE, stand_in="@colleague_id", first_on="2026-12-01", last_on="2026-12-03"),
    "trajectory.trajectory": file(CARE),
    "timeline.timeline": Door(CLIENT),
}
