"""Talks of the demo's clients: Samira's are what a demonstration shows, others are sprinkled over who is generated."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from selfhelp.accounts.models import Account
from selfhelp.appointments.domain import AppointmentState, Side
from selfhelp.appointments.models import Appointment, Contact, Promise, Report, WatchedDate, Wish
from selfhelp.appointments.reports import KIND
from selfhelp.care.domain import Event
from selfhelp.care.models import Agreement, Share
from selfhelp.care.sheet import Sheet
from selfhelp.core.db import Base

TABLES: tuple[type[Base], ...] = (Appointment, Contact, Wish, WatchedDate, Promise, Report, Share, Agreement)
"""What is referred to comes first."""
SAMIRA = 1
PLACE = "Kerkstraat 12"
ZONE = ZoneInfo("Europe/Brussels")
WISHES = (
    "De brief van de school.",
    "Hoe het met slapen gaat.",
    "Of ik mag afbellen als het niet gaat.",
    "Het geld van deze maand.",
)

Row = tuple[type[Base], dict[str, Any]]
Happened = tuple[datetime, Account | None, Event, str]


@dataclass(frozen=True, slots=True)
class Whose:
    """One client of the demo, and who helps."""

    number: int
    account_id: UUID
    counsellor: Account
    week: str
    """On which days the counsellor works, from Monday on."""
    today: datetime
    new_id: Callable[[], UUID]
    source: Random

    def at(self, days: int, clock: time) -> datetime:
        """Return a moment some days from today; on a day off, the last day of work before it, or the first to come."""
        on = self.today.astimezone(ZONE).date() + timedelta(days=days)
        while self.week[on.weekday()] != "1":
            on += timedelta(days=1 if days > 0 else -1)
        return datetime.combine(on, clock, ZONE)


@dataclass(frozen=True, slots=True)
class Talked:
    """The rows of somebody's talks, what the client's line says of them, and lines of the access log."""

    rows: list[Row]
    line: dict[str, Any]
    happened: list[Happened]


def talks_of(who: Whose) -> Talked:
    """Return the talks of one client: Samira's, some of a generated client's, and none of the first clients'."""
    if who.number == SAMIRA:
        return _samira(who)
    is_generated = who.number > 20
    return _sprinkled(who) if is_generated and who.source.random() < 0.6 else Talked([], {}, [])


def _samira(who: Whose) -> Talked:
    held, upcoming = who.at(-21, time(10)), who.at(1, time(14))
    last, lately = who.new_id(), who.today - timedelta(days=2, hours=4)
    hearing, bill = (who.today.date() + timedelta(days=days) for days in (9, 11))
    rows: list[Row] = [
        *_held(who, last, held, "visit", 50),
        _appointment(who, who.new_id(), upcoming, "visit", AppointmentState.PLANNED, place=PLACE),
        _wish("De brief van Fluvius. En slapen.", lately),
        _date(hearing, "Zitting bij de vrederechter", held),
        _date(bill, "Fluvius: laatste dag om te betalen", lately),
        _promise(last, Side.CLIENT, "Alle post op één plek leggen", held, kept=held + timedelta(days=4)),
        _promise(last, Side.COUNSELLOR, "Fluvius bellen over spreiden", held),
        *_reports(who, last, held),
        (Agreement, _sheet(who, held)),
        (Share, {"kind": KIND, "item_id": last, "shared_at": held + timedelta(hours=8), "until": None}),
    ]
    happened: list[Happened] = [
        (held, who.counsellor, Event.CHANGE, "talk started"),
        (held + timedelta(minutes=50), who.counsellor, Event.CHANGE, "talk held"),
        (held + timedelta(hours=8), None, Event.CHANGE, "report of a talk"),
        (lately, None, Event.CHANGE, "what to talk about"),
    ]
    fresh = {"fresh": 1, "fresh_at": lately}
    return Talked(rows, {"met_at": held, "next_at": upcoming, "due_on": hearing, **fresh}, happened)


def _reports(who: Whose, talk_id: UUID, held: datetime) -> Iterator[Row]:
    told = {
        Side.CLIENT: {
            "taken": "Ik moet niet alles tegelijk. Eerst de post op één plek.",
            "other": "Ik vond het niet zo veel brieven.",
        },
        Side.COUNSELLOR: {
            "agreed": "Samen drie stapels maken. Ik bel Fluvius.",
            "account": "Samira bracht de tas mee. Er liggen brieven van de rechtbank bij.",
        },
    }
    authors = {Side.CLIENT: who.account_id, Side.COUNSELLOR: who.counsellor.id}
    for side, words in told.items():
        at = held + timedelta(hours=8 if side is Side.CLIENT else 1)
        known = {"appointment_id": talk_id, "side": side.value, "author_id": authors[side], "version": 1, "written_at": at}
        yield Report, known | {"words_sealed": json.dumps(words, ensure_ascii=False, sort_keys=True)}


def _sheet(who: Whose, held: datetime) -> dict[str, Any]:
    """Return what both agreed on about working together, on one sheet, in that talk."""
    sheet = Sheet(ways=("call", "visit"), answer="two_days", voicemail="no", call_until="17:00", safe="Liever geen sms.")
    known = {"version": 1, "account_id": who.counsellor.id, "name": who.counsellor.given_name, "made_at": held}
    return known | {"lines_sealed": sheet.written}


def _sprinkled(who: Whose) -> Talked:
    """Give a generated client a talk some weeks ago, perhaps a call, and mostly a next appointment."""
    source = who.source
    held = who.at(-source.randint(3, 25), time(source.randint(9, 16)))
    last, way = who.new_id(), source.choice(("visit", "visit", "phone", "video"))
    rows: list[Row] = [*_held(who, last, held, way, source.choice((30, 45, 60)))]
    if source.random() < 0.4:
        rows.append(_contact(who, held - timedelta(days=2), "phone", 5, was_reached=source.random() < 0.6))
    if source.random() < 0.5:
        rows.append(_promise(last, Side.COUNSELLOR, "Terugbellen met de dienst", held))
    line: dict[str, Any] = {"met_at": held}
    if source.random() < 0.8:
        upcoming = who.at(source.randint(1, 20), time(source.randint(9, 16), source.choice((0, 30))))
        place = PLACE if way == "visit" else ""
        rows.append(_appointment(who, who.new_id(), upcoming, way, AppointmentState.PLANNED, place=place))
        line["next_at"] = upcoming
    if source.random() < 0.2:
        rows.append(_wish(source.choice(WISHES), held + timedelta(days=1)))
    return Talked(rows, line, [(held + timedelta(hours=1), who.counsellor, Event.CHANGE, "talk held")])


def _held(who: Whose, talk_id: UUID, held: datetime, way: str, minutes: int) -> Iterator[Row]:
    ended = held + timedelta(minutes=minutes)
    place = PLACE if way == "visit" else ""
    yield _appointment(who, talk_id, held, way, AppointmentState.HELD, place=place, began_at=held, ended_at=ended)
    yield _contact(who, held, way, minutes, was_reached=True, talk_id=talk_id)


def _appointment(
    who: Whose, talk_id: UUID, at: datetime, way: str, state: AppointmentState, *, place: str, **more: datetime
) -> Row:
    known = {"id": talk_id, "counsellor_id": who.counsellor.id, "starts_at": at, "way": way, "state": state.value}
    moments = {"began_at": None, "ended_at": None, "let_be_at": None, "planned_at": at - timedelta(days=14)}
    return Appointment, known | moments | more | {"place_sealed": place or None}


def _contact(who: Whose, at: datetime, way: str, minutes: int, *, was_reached: bool, talk_id: UUID | None = None) -> Row:
    known = {"account_id": who.counsellor.id, "appointment_id": talk_id, "at": at}
    return Contact, known | {"way": way, "minutes": minutes, "was_reached": was_reached}


def _wish(words: str, at: datetime) -> Row:
    return Wish, {"words_sealed": words, "name": "", "written_at": at, "talked_at": None}


def _date(on: date, words: str, at: datetime) -> Row:
    return WatchedDate, {"on": on, "words_sealed": words, "written_at": at, "done_at": None}


def _promise(talk_id: UUID, side: Side, words: str, at: datetime, kept: datetime | None = None) -> Row:
    known = {"appointment_id": talk_id, "side": side.value, "words_sealed": words, "made_at": at}
    return Promise, known | {"kept_at": kept, "let_go_at": None}
