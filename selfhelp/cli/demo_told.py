"""What Mieke agreed on with Samira, said and asks, in the demo: what a demonstration begins with."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from selfhelp.accounts.models import Account
from selfhelp.assessments.domain import AskedState
from selfhelp.assessments.models import AskedTest
from selfhelp.core.edge import Edge
from selfhelp.modules.models import AgreedPath, PathStep, StepFeedback
from selfhelp.modules.path import Where
from selfhelp.modules.service import Trainings

TABLES = (AgreedPath, PathStep, StepFeedback, AskedTest)
SAMIRA = 1
DAYS_AGO = 5
DAYS_AHEAD = 4
_ADMINISTRATION = "administratie-op-orde"
STEPS: tuple[Where, ...] = ((_ADMINISTRATION, "a2"), (_ADMINISTRATION, "a3"), (_ADMINISTRATION, "b2"))
WORDS = "Dag Samira, begin klein. Drie stapels is al veel. De rest doen we samen."
FEEDBACK = "Tien enveloppen op één avond, na zo’n lange dag. De dichte mag u gewoon meebrengen."
SLUG = "djg6"
REASON = "U zei dat de avonden lang zijn. Zo zien we samen hoe het met contact gaat."

Add = Callable[..., Any]
"""Adds a row of the client at hand: a table, and its columns."""


def add_told(add: Add, number: int, counsellor: Account, trainings: Trainings, edge: Edge) -> list[tuple[datetime, str]]:
    """Add what Samira is told and asked; return when, and what the access log says of it. The others have no path yet."""
    steps = [where for where in STEPS if trainings.offers(where)]
    if number != SAMIRA or not steps:
        return []
    by, path_id, at = {"by_id": counsellor.id}, edge.new_id(), edge.now - timedelta(days=DAYS_AGO, hours=-10)
    on = (edge.now + timedelta(days=DAYS_AHEAD)).date()
    add(AgreedPath, id=path_id, number=1, target_on=on, words_sealed=WORDS, agreed_at=at, **by)
    for position, (key, step_key) in enumerate(steps, 1):
        placed = {"path_id": path_id, "position": position, "assigned_at": at, "taken_off_at": None}
        add(PathStep, module_key=key, step_key=step_key, **placed)
    key, step_key = steps[0]
    nothing = {"changed_at": None, "read_at": None, "thanked_at": None}
    add(StepFeedback, module_key=key, step_key=step_key, words_sealed=FEEDBACK, written_at=at, **nothing, **by)
    unanswered = {"state": AskedState.ASKED.value, "answered_at": None, "outcome_id": None}
    add(AskedTest, slug=SLUG, reason_sealed=REASON, asked_at=at, **unanswered, **by)
    said = ("path agreed on", "words about a step", "self-test asked for")
    return [(at + timedelta(minutes=minutes), what) for minutes, what in enumerate(said)]
