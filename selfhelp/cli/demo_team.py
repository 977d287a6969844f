"""What the coordinator of a demo finds: clients who wait, something unusual, a report, goals; and practice clients."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import WITH_CLIENTS, ZONE, Actor, Role
from selfhelp.accounts.models import Account
from selfhelp.accounts.queries import find_account
from selfhelp.care import access_log
from selfhelp.care.domain import Event
from selfhelp.care.lines import count_again, set_line
from selfhelp.care.models import AccessEntry, Client, SignUp, Team
from selfhelp.care.phases import PhaseKind
from selfhelp.care.queries import find_own_client
from selfhelp.care.reports import report_line
from selfhelp.care.service import add_client
from selfhelp.cli.demo_files import WEEKS_KNOWN, House
from selfhelp.cli.demo_people import MEMBERS, NORTH, SOUTH, ids
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import words as words_of
from selfhelp.core.sealing import Place
from selfhelp.dossier.practice import Scenery, ensure_practice
from selfhelp.modules.domain import StepState
from selfhelp.modules.line import STUCK
from selfhelp.modules.models import StepProgress
from selfhelp.oversight.domain.goals import Counted, Goal, Goals
from selfhelp.oversight.pilot import get_goals, set_goals

WAITING = (
    (
        *("Yasmina Amrani", SOUTH, PhaseKind.WAITING, 19),
        *("Bel na 18 uur, niet op het werk.", "Ik kom niet rond sinds mijn man weg is."),
    ),
    (
        *("Georges", NORTH, PhaseKind.SIGN_UP, 2),
        *("Een sms, dan belt hij terug.", "Sinds zijn vrouw overleden is, komt hij niet buiten."),
    ),
)
"""Who waits: name, team, phase, since how many days, the safe way to reach, the question in a line."""

LOOKS = (("counsellor2", 3, 14, 20), ("counsellor4", 2, 22, 40))
"""Who looked into Yasmina's file, days ago, at what time: somebody of her name, and somebody late at night."""

REPORTED = ("client16", "Ik ken deze persoon niet. Waarom keek die in mijn map?")
GOALS = (
    Goal("12 mensen beginnen aan een training tussen twee gesprekken", Counted.STARTED, 12),
    Goal("De helft van hen maakt een training af", Counted.FINISHED, 6),
    Goal("Na een gesprek schrijft de cliënt een eigen verslag", Counted.OWN_REPORTS, 10),
)


def add_team_life(session: Session, house: House) -> None:
    """Add it; what is there already stays as it is."""
    teams = {name: session.get_one(Team, team_id) for name, team_id in house.teams.items()}
    for number, (name, team, phase, days, *told) in enumerate(WAITING):
        source = ids(house.seed, house.key, "waiting", number)
        client_id, at = source(), house.today - timedelta(days=days) + timedelta(hours=10)
        if session.get(Client, client_id) is None:
            client = add_client(
                session,
                house.sealer,
                teams[team],
                name=name,
                account_id=None,
                edge=Edge(at, source),
                client_id=client_id,
                phase=phase,
            )
            _sign_up(session, house, client, told, Edge(at, source))
            if number == 0:
                _looks(session, house, client, source)
    _practice_clients(session, house, teams)
    _report(session, house)
    if get_goals(session, house.sealer, house.organisation_id) is None:
        first = house.today.date() - timedelta(days=70)
        goals = Goals(dict(enumerate(GOALS, 1)), first, first + timedelta(days=180))
        edge = Edge(house.today, ids(house.seed, house.key, "goals"))
        set_goals(session, house.sealer, actor_of(_staff(session, house, "coordinator")), goals, edge=edge)


def _sign_up(session: Session, house: House, client: Client, told: list[str], edge: Edge) -> None:
    row = SignUp(id=edge.new_id(), organisation_id=house.organisation_id, client_id=client.id, signed_up_at=edge.now)
    row.by_id, row.wanted_at = _staff(session, house, "counsellor3").id, edge.now
    for column, text in zip(("reach_sealed", "question_sealed"), told, strict=True):
        setattr(row, column, house.sealer.seal(text, Place("sign_up", column, row.id, row.organisation_id)))
    session.add(row)
    session.flush()


def _looks(session: Session, house: House, client: Client, source: Callable[[], UUID]) -> None:
    today: date = house.today.date()
    for username, days, hour, minute in LOOKS:
        at = datetime.combine(today - timedelta(days=days), datetime.min.time(), ZONE).replace(hour=hour, minute=minute)
        edge = Edge(at, source)
        actor = actor_of(_staff(session, house, username))
        access_log.append(session, house.sealer, client.id, actor, Event.READ, what="client page", edge=edge)


def _practice_clients(session: Session, house: House, teams: dict[str, Team]) -> None:
    for username, of in MEMBERS.items():
        account = _staff(session, house, username)
        if Role(account.role) in WITH_CLIENTS:
            edge = Edge(house.today - timedelta(weeks=WEEKS_KNOWN), ids(house.seed, house.key, username, "practice"))
            scenery = Scenery(house.trainings, words_of("nl", "u"), ZONE, house.today.date() + timedelta(days=2))
            client, is_new = ensure_practice(session, house.sealer, teams[of[0]], account, scenery, edge=edge)
            if is_new:  # what a real client has waited with for longer stands above it
                stuck = (StepProgress.client_id == client.id) & (StepProgress.state == StepState.STUCK.value)
                session.execute(update(StepProgress).where(stuck).values(changed_at=house.today))
                set_line(session, client, seen_at=house.today, fresh_at=house.today)
                count_again(session, client, STUCK)


def _report(session: Session, house: House) -> None:
    """Let one client say of the last look of a counsellor: that was not right."""
    username, said = REPORTED
    account = find_account(session, house.organisation_id, username)
    client = find_own_client(session, house.organisation_id, account.id) if account else None
    if client is None:
        return
    mine = select(AccessEntry.id).where(AccessEntry.client_id == client.id, AccessEntry.role == Role.COUNSELLOR.value)
    entry: UUID | None = session.scalar(mine.order_by(AccessEntry.seq).limit(1))
    if entry:
        edge = Edge(house.today, ids(house.seed, house.key, "report"))
        report_line(session, house.sealer, client, entry, said, edge=edge)


def _staff(session: Session, house: House, username: str) -> Account:
    found = find_account(session, house.organisation_id, username)
    if found is None:
        raise LookupError(username)
    return found


def actor_of(account: Account) -> Actor:
    """Return somebody as the access log writes them down."""
    return Actor(
        account_id=account.id,
        organisation_id=account.organisation_id,
        role=Role(account.role),
        username=account.username,
        given_name=account.given_name,
        function=account.function,
        factors=2,
        has_authenticator=True,
        has_passkey=False,
        session_id=account.id,
        session_digest=b"",
        is_shared_device=False,
        authenticated_at=account.created_at,
        seen_at=account.created_at,
    )
