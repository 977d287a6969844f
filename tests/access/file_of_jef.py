"""A client's file with one of everything in it, and where each of its things is."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID, uuid4

from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.accounts.models import Account, LiveSession, Passkey
from selfhelp.appointments.domain import Meeting, Side
from selfhelp.appointments.planning import plan
from selfhelp.appointments.promises import add_promises
from selfhelp.assessments.models import KeptOutcome
from selfhelp.care.models import Absence, AccessEntry, AccessReport, Client
from selfhelp.core.db import Engines
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer
from selfhelp.modules.models import StepEntry, StepPhoto
from selfhelp.network.models import NetworkMap, NetworkPicture
from tests.access.agreed_with_jef import add_agreed
from tests.access.people import Person, assign_formerly

GOAL, GOAL_STEP, ENTRY, PERSON, TALK, WISH, DATE, PROMISE = (UUID(int=number, version=4) for number in range(1, 9))
STEP = "/my/trainings/administratie-op-orde/b2"


def fill(app: Flask, jef: Person, canary: str = "x") -> dict[str, UUID]:
    """Fill Jef's file through its own pages; return the ids of what is in it, by the names that addresses use."""
    jef.ask("POST", "/self-tests/djg6/keep", {"answers": "q1=3&q2=1&q3=1&q4=1&q5=3&q6=3"})
    jef.ask("POST", "/my/results", {"keep": "1"})
    jef.ask("POST", STEP, {"letters-0-who": canary, "go": "save"})
    jef.ask("POST", f"{STEP}/stuck", {"reason": "unsafe", "words": canary})
    jef.ask("POST", "/my/together", {"base": "0", "safe": canary, "others": canary})
    fill_own_things(jef, canary)
    picture = BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "JPEG")
    form = {"csrf_token": jef.token, "picture": (BytesIO(picture.getvalue()), "a.jpg")}
    assert jef.browser.post(f"{STEP}/photo/letter", data=form).status_code == 303
    engines: Engines = app.extensions["selfhelp.engines"]
    with Session(engines.writer) as session:
        ids = _ids(session)
        client, sealer = session.get_one(Client, ids["client_id"]), app.extensions["selfhelp.sealer"]
        ids |= add_agreed(session, sealer, client, _staff(session, client, "counsellor2"), canary)
        assign_formerly(session, ids["client_id"], "counsellor1", client.organisation_id)
        plan_talk(session, sealer, client, canary)
        session.commit()
    fill_talk(jef, canary)
    for kind in ("result", "step"):
        assert jef.ask("POST", f"/my/shared/{kind}/{ids[kind]}").status_code == 303
    assert jef.ask("POST", f"/my/who-looked/{ids['entry_id']}", {"words": canary}).status_code == 303
    with Session(engines.reader) as session:
        return ids | {
            "report_id": session.scalars(select(AccessReport.id).where(AccessReport.client_id == ids["client_id"])).one()
        }


def plan_talk(session: Session, sealer: Sealer, client: Client, canary: str) -> None:
    """Plan a talk of Jef's with Youssef, and let each of both promise something."""
    edge, youssef = Edge(datetime(2026, 11, 24, 10, 0, tzinfo=UTC)), _staff(session, client, "counsellor2")
    meeting = Meeting(datetime(2026, 12, 3, 13, 0, tzinfo=UTC), "visit", canary)
    plan(session, sealer, client, youssef.id, meeting, edge=edge, talk_id=TALK)
    add_promises(session, sealer, client, TALK, {PROMISE: (Side.CLIENT, canary)}, edge=edge)


def fill_talk(jef: Person, canary: str) -> None:
    """Say what the talk should be about, keep a date in view, and write an own account that is not shared."""
    jef.ask("POST", "/my/talk/wishes", {f"wish-{WISH}": canary})
    jef.ask("POST", "/my/talk/dates", {"id": str(DATE), "on": "2026-12-10", "words": canary})
    assert jef.ask("POST", f"/my/talks/{TALK}", {"taken": f"privé {canary}", "who": "me"}).status_code == 303


def fill_own_things(jef: Person, canary: str = "x") -> None:
    """Make and share a goal, an entry of the diary and a map; done again, what was removed is there again."""
    jef.ask("POST", "/my/goals", {"id": str(GOAL), "words": f"Rust {canary}", "low": canary, "high": canary})
    jef.ask("POST", f"/my/goals/{GOAL}/steps", {"id": str(GOAL_STEP), "step": canary})
    jef.ask("POST", f"/my/goals/{GOAL}/points", {"number": "4"})
    jef.ask("POST", "/my/diary", {"id": str(ENTRY), "text": canary, "mood": "heavy"})
    jef.ask("POST", "/my/network", {"id": str(PERSON), "name": canary, "kind": "family", "ring": "near"})
    jef.ask("POST", "/my/network/pictures", {})
    for page in (f"/my/goals/{GOAL}", f"/my/diary/{ENTRY}", "/my/network"):
        for address in re.findall(r'action="(/my/shared/\w+/[0-9a-f-]{36})"', jef.ask("GET", page).get_data(as_text=True)):
            assert jef.ask("POST", address).status_code == 303


def _ids(session: Session) -> dict[str, UUID]:
    client = session.scalars(select(Client).join(KeptOutcome, KeptOutcome.client_id == Client.id)).one()
    account = session.get_one(Account, client.account_id)
    volunteer = _staff(session, client, "volunteer1")
    # A session of Jef's on another device, and a passkey: whoever ends or removes them locks nobody out here.
    made = {"organisation_id": client.organisation_id, "account_id": account.id}
    now = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    other = LiveSession(
        token_digest=b"s" * 32, id=uuid4(), factors=1, is_shared_device=False, device="", created_at=now, **made
    )
    other.authenticated_at = other.seen_at = now
    passkey = Passkey(
        id=uuid4(), credential_id=b"c", public_key=b"p", sign_count=0, label="", is_synced=False, created_at=now, **made
    )
    youssef, bram = (_staff(session, client, username) for username in ("counsellor2", "counsellor4"))
    leave = Absence(id=uuid4(), organisation_id=client.organisation_id, account_id=youssef.id, choice="wait")
    leave.first_on = leave.last_on = date(2026, 12, 8)
    session.add_all([other, passkey, leave])
    return {
        "talk_id": TALK,
        "date_id": DATE,
        "promise_id": PROMISE,
        "leave_id": leave.id,
        "colleague_id": bram.id,
        "client_id": client.id,
        "team_id": client.team_id,
        "account_id": volunteer.id,
        "session_id": other.id,
        "passkey_id": passkey.id,
        "entry_id": session.scalars(select(AccessEntry.id).where(AccessEntry.client_id == client.id)).first() or uuid4(),
        "result": (found := session.scalars(select(KeptOutcome.id)).one()),
        "outcome_id": found,
        "photo_id": session.scalars(select(StepPhoto.id)).one(),
        "goal_id": GOAL,
        "goal_step_id": GOAL_STEP,
        "diary_id": ENTRY,
        "person_id": PERSON,
        "map_id": session.scalars(select(NetworkMap.id).where(NetworkMap.client_id == client.id)).one(),
        "picture_id": session.scalars(select(NetworkPicture.id).where(NetworkPicture.client_id == client.id)).one(),
        "step": session.scalars(select(StepEntry.id).where(StepEntry.client_id == client.id)).one(),
    }


def _staff(session: Session, client: Client, username: str) -> Account:
    wanted = select(Account).where(Account.username == username, Account.organisation_id == client.organisation_id)
    return session.scalars(wanted).one()
