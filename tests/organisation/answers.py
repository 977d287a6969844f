"""People who kept and shared a self-test, and said yes to counting along: as many as a test needs, with a score each."""

from datetime import datetime
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy.orm import Session

from selfhelp.assessments.domain import read_form
from selfhelp.assessments.keeping import Waiting, keep_outcome
from selfhelp.care.models import Client, Consent
from selfhelp.care.sharing import share
from selfhelp.core.edge import Edge
from selfhelp.instruments.service import Catalogue, score_responses
from tests.organisation.people import account, database, new_client

LONELY = {
    "none": "q1=1&q2=3&q3=3&q4=3&q5=1&q6=1",
    "some": "q1=1&q2=1&q3=1&q4=1&q5=1&q6=1",
    "very": "q1=3&q2=1&q3=1&q4=1&q5=3&q6=3",
}
"""Answers to the six questions of De Jong Gierveld."""


def someone_answers(app: Flask, answers: str, at: datetime, *, shares: bool = True, counts: bool = True) -> UUID:
    """Add a client who filled in djg6; return the id."""
    client_id = new_client(app, "Iemand", at)
    site = app.extensions["selfhelp.find_site"]("localhost")
    instrument = site.part(Catalogue).get("djg6")
    fields = dict(pair.split("=") for pair in answers.split("&"))
    reading = read_form(instrument.specification, fields.items())
    outcome = score_responses(instrument, reading.responses, reading.context)
    waiting = Waiting(uuid4(), "djg6", "nl", fields, at)
    with database(app) as session:
        client = session.get_one(Client, client_id)
        kept = keep_outcome(
            session, app.extensions["selfhelp.sealer"], client, waiting=waiting, instrument=instrument, outcome=outcome
        )
        if shares:
            share(session, client, "result", kept, until=None, edge=Edge(at))
        if counts:
            session.add(consent(session, client, at))
    return client_id


def consent(session: Session, client: Client, at: datetime) -> Consent:
    return Consent(
        id=uuid4(),
        organisation_id=client.organisation_id,
        client_id=client.id,
        purpose="team-numbers",
        version=1,
        language="nl-u",
        words_digest=b"x" * 32,
        given_at=at,
        given_by=account(session, "counsellor1").id,
    )
