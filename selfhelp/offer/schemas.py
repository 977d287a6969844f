"""The shape of `offer.yaml` and of the help lines, field by field."""

import re
from collections.abc import Mapping
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from marshmallow import ValidationError, fields, validate

from selfhelp.core.fields import ByKey, Day, Languages, StrictSchema, Text
from selfhelp.offer.domain.offer import WAYS
from selfhelp.offer.domain.opening import Hours, Slot

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
COUNTRIES = ("be-vl", "be-bru", "nl")
LINE_COUNTRIES = ("be", "be-nl", "be-fr", "nl")
KEY = validate.Regexp(r"[a-z0-9][a-z0-9-]{0,39}\Z", error="must be a key of small letters, digits and -")
HOST = validate.Regexp(r"[a-z0-9.-]{1,253}\Z", error="must be a host name without port")
WEB = validate.Regexp(r"https://[^\s]+\Z", error="must be an https address")
SHOWN_PHONE = validate.Regexp(r"\+?[0-9][0-9 ./()-]{1,30}\Z", error="must be a telephone number")
_SLOT = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])")


class WeekHours(fields.Field[Hours]):
    """`{week: {mon: ["09:00-12:00"]}}`; 24:00 is midnight at the end of the day."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Hours:
        if not isinstance(value, dict) or set(value) != {"week"} or not isinstance(value["week"], dict):
            raise ValidationError("must be {week: {mon: [...], ...}}")
        week: dict[int, tuple[Slot, ...]] = {}
        for day, slots in value["week"].items():
            if day not in WEEKDAYS:
                raise ValidationError(f"{day} is no day; days are {', '.join(WEEKDAYS)}")
            if not isinstance(slots, list):
                raise ValidationError(f'{day} must be a list such as ["09:00-12:00"]')
            week[WEEKDAYS.index(day)] = _slots(day, slots)
        return Hours(week)


def _slots(day: str, texts: list[Any]) -> tuple[Slot, ...]:
    found: list[Slot] = []
    for text in texts:
        match = _SLOT.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise ValidationError(f"{day}: {text!r} must look like 09:00-12:30")
        numbers = [int(group) for group in match.groups()]
        if numbers[2:] > [24, 0] or numbers[:2] >= numbers[2:]:
            raise ValidationError(f"{day}: {text} must end later than it begins, at 24:00 at the latest")
        slot = Slot(time(numbers[0], numbers[1]), time(numbers[2] % 24, numbers[3]))
        if found and (found[-1].end == time(0) or slot.start < found[-1].end):
            raise ValidationError(f"{day}: {text} overlaps the hours before it")
        found.append(slot)
    return tuple(found)


class Zone(fields.Field[ZoneInfo]):
    """A time zone by its IANA name."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> ZoneInfo:
        if not isinstance(value, str) or value not in available_timezones():
            raise ValidationError("must be a time zone such as Europe/Brussels")
        return ZoneInfo(value)


class ContactSchema(StrictSchema):
    """How anybody reaches the organisation."""

    email = Text(required=True, validate=validate.Email())
    phone = Text(required=True, validate=SHOWN_PHONE)
    address = Text(required=True)


class ProfileSchema(StrictSchema):
    """Who offers this help."""

    name = Text(required=True, validate=validate.Length(max=60))
    neutral_name = Text(required=True, validate=validate.Length(max=30))
    country = fields.String(required=True, validate=validate.OneOf(COUNTRIES))
    zone = Zone(required=True)
    register = fields.String(required=True, validate=validate.OneOf(["u", "je"]))
    languages = fields.List(Text(validate=validate.Regexp(r"[a-z]{2}\Z")), required=True, validate=validate.Length(min=1))
    hosts = fields.List(Text(validate=HOST), required=True, validate=validate.Length(min=1))
    exit_url = Text(required=True, validate=WEB)
    contact = fields.Nested(ContactSchema, required=True)
    responsible = Languages(required=True)
    complaints = Languages(required=True)
    secrecy = fields.String(load_default="counsellor", validate=validate.OneOf(["counsellor", "team", "leader"]))
    surnames = fields.Boolean(load_default=False)
    usual_wait = Languages(load_default=None, allow_none=True)


class WaySchema(StrictSchema):
    """One way to reach the organisation."""

    who = Languages(required=True)
    cost = Languages(required=True)
    answer = Languages(required=True)
    how = Languages(required=True)
    say_first = Languages(required=True)
    hours = WeekHours(load_default=None, allow_none=True)
    where = Text(load_default=None, allow_none=True)
    phone = Text(load_default=None, allow_none=True, validate=SHOWN_PHONE)
    link = Text(load_default=None, allow_none=True, validate=WEB)


class ClosedSchema(StrictSchema):
    """Days on which everything is closed."""

    first = Day(required=True, data_key="from")
    last = Day(required=True, data_key="to")
    reason = Languages(required=True)


class ServiceSchema(StrictSchema):
    """A trusted outside service."""

    key = Text(required=True, validate=KEY)
    name = Text(required=True)
    themes = fields.List(Text(validate=KEY), required=True)
    what = Languages(required=True)
    why_trusted = Languages(required=True)
    site = Text(load_default=None, allow_none=True, validate=WEB)
    phone = Text(load_default=None, allow_none=True, validate=SHOWN_PHONE)


class ThemeOfferSchema(StrictSchema):
    """What is offered around one theme."""

    ways = fields.List(fields.String(validate=validate.OneOf(WAYS)), required=True)
    modules = fields.List(Text(validate=KEY), load_default=list)
    checklist = Text(load_default=None, allow_none=True, validate=KEY)
    services = fields.List(Text(validate=KEY), load_default=list)


class SelfTestsSchema(StrictSchema):
    """Which heavy self-tests the coordinator switched on."""

    on = fields.List(Text(), required=True)


class OfferSchema(StrictSchema):
    """The whole of `offer.yaml`."""

    organisation = fields.Nested(ProfileSchema, required=True)
    ways = ByKey(keys=fields.String(validate=validate.OneOf(WAYS)), values=fields.Nested(WaySchema), required=True)
    closed = fields.List(fields.Nested(ClosedSchema), load_default=list)
    modules = fields.List(Text(validate=KEY), required=True)
    services = fields.List(fields.Nested(ServiceSchema), load_default=list)
    themes = ByKey(keys=Text(validate=KEY), values=fields.Nested(ThemeOfferSchema), required=True)
    self_tests = fields.Nested(SelfTestsSchema, required=True)


class LineHours(fields.Field[Hours | bool]):
    """`{always: true}`, weekly hours, or nothing when unknown."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Hours | bool:
        if value == {"always": True}:
            return True
        hours: Hours = WeekHours().deserialize(value)
        return hours


class HelpLineSchema(StrictSchema):
    """One help line."""

    key = Text(required=True, validate=KEY)
    country = fields.String(required=True, validate=validate.OneOf(LINE_COUNTRIES))
    languages = fields.List(Text(validate=validate.Regexp(r"[a-z]{2}\Z")), required=True)
    audience = Text(required=True, validate=KEY)
    name = Text(required=True)
    what = Languages(required=True)
    phone = Text(load_default=None, allow_none=True, validate=SHOWN_PHONE)
    tel = Text(load_default=None, allow_none=True, validate=validate.Regexp(r"\+?[0-9]{2,15}\Z"))
    chat = Text(load_default=None, allow_none=True, validate=WEB)
    site = Text(load_default=None, allow_none=True, validate=WEB)
    free = fields.Raw(load_default=None, allow_none=True)
    hours = LineHours(load_default=None, allow_none=True)
    hours_words = Languages(required=True)
    source = Text(required=True)
    verified_on = Day(load_default=None, allow_none=True)
    young_first = fields.Boolean(load_default=False)
    urgent = fields.Boolean(load_default=False)
    note = Text(load_default=None, allow_none=True)


class HelpLinesSchema(StrictSchema):
    """The whole of `help_lines.yaml`."""

    lines = fields.List(fields.Nested(HelpLineSchema), required=True, validate=validate.Length(min=1))
