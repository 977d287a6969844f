"""Roles, and the rules of names, passwords, PINs, codes, sessions and throttling. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from selfhelp.core.i18n import mark


class Role(StrEnum):
    """What somebody is in an organisation. Everybody but the client is staff."""

    CLIENT = "client"
    COUNSELLOR = "counsellor"
    TRAINEE = "trainee"
    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


STAFF = frozenset(Role) - {Role.CLIENT}
WITH_CLIENTS = frozenset({Role.COUNSELLOR, Role.TRAINEE})
"""Roles that may be assigned to clients. A volunteer has no files, a coordinator sees counts, an administrator neither."""

LED_BY = {
    Role.COORDINATOR: frozenset({Role.COUNSELLOR, Role.TRAINEE, Role.VOLUNTEER, Role.COORDINATOR}),
    Role.ADMINISTRATOR: STAFF,
}
"""Whom a role may invite, and whose account it may close: nobody makes somebody more powerful than oneself."""

ZONE = ZoneInfo("Europe/Brussels")
"""In which a last day ends: Flanders and the Netherlands share one clock."""

LONGEST_PASSWORD = 200
PIN = re.compile(r"[0-9]{6}")
_LENGTH = {True: 15, False: 8}
"""Shortest password (characters): staff, client (NIST SP 800-63B-4; ASVS 5.0 6.2.1)."""


def normal_username(given: str) -> str:
    """Return a user name in the one form that is stored and compared: NFKC, no case, no space around it."""
    return unicodedata.normalize("NFKC", given).strip().casefold()


def is_plain(text: str) -> bool:
    """Whether a text holds no control character: nobody types one, and a database takes no NUL."""
    return not any(unicodedata.category(each) in {"Cc", "Cs"} for each in text)


def normal_password(given: str) -> str:
    """Return a password as it is hashed: NFKC, so that the same letters typed on another keyboard are the same."""
    return unicodedata.normalize("NFKC", given)


def password_fault(given: str, *, username: str, organisation: str, staff: bool, common: Iterable[str]) -> str | None:
    """Return why a new password is refused (a marked message), or None."""
    password = normal_password(given)
    if len(password) < _LENGTH[staff]:
        return (
            mark("Choose a longer password: at least 15 characters.")
            if staff
            else mark("Choose a longer password: at least 8 characters.")
        )
    if len(password) > LONGEST_PASSWORD:
        return mark("This password is too long: at most 200 characters.")
    plain = _bare(password)
    own = {_bare(username), *(_bare(word) for word in organisation.split())} - {""}
    if plain in own or any(len(word) > 3 and word in plain and len(plain) - len(word) < 5 for word in own):
        return mark("Your password may not be your user name or the name of the organisation.")
    if password.casefold() in common or plain in common or len(set(password)) < 4:
        return mark("Many people use this password, so it is easy to guess. Choose another one.")
    return None


def _bare(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", normal_password(text).casefold())


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lives: without a sign of life, and at most."""

    idle: timedelta
    total: timedelta


STAFF_LIFETIME = Lifetime(idle=timedelta(minutes=45), total=timedelta(hours=12))
CLIENT_LIFETIME = Lifetime(idle=timedelta(days=7), total=timedelta(days=60))
SHARED_LIFETIME = Lifetime(idle=timedelta(minutes=30), total=timedelta(hours=4))
"""For a phone that is not only one's own."""

SECOND_FACTOR_WITHIN = timedelta(minutes=10)
"""From the password to the code. Then it begins with the password again."""
FIRST_FACTOR_WITHIN = timedelta(minutes=30)
"""For somebody who has no second factor yet: an app has to be found and installed."""
RECENT = timedelta(minutes=10)
"""How fresh a log-in must be for export, erasure, and changes of how one logs in."""

TOUCH_EVERY = timedelta(minutes=5)
"""A session's last sign of life is written at most this often: a read must not become a write."""


WARN_BEFORE = timedelta(minutes=2)
"""How long before a session ends for want of a sign of life its page says so."""


def lifetime(role: Role, *, shared_device: bool) -> Lifetime:
    """Return how long a session of this role lives once it is complete."""
    if role is not Role.CLIENT:
        return STAFF_LIFETIME
    return SHARED_LIFETIME if shared_device else CLIENT_LIFETIME


WINDOW = timedelta(minutes=15)
"""Within which tries are counted together; then everything begins anew."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A limit on tries: at most `most` within `WINDOW`, then wait until that is over."""

    name: str
    most: int
    is_of_address: bool = False
    """Counts people who share nothing but a network: somebody who comes in does not clear it for the others."""


BY_ACCOUNT = Bucket("account", 10)
BY_DEVICE = Bucket("device", 10)
"""Counts instead of all others on a device that logged in before, so that a stranger's guesses lock nobody out."""
BY_CARD = Bucket("card", 5)
MOST_WRONG_PINS = 50
"""In all, for one card: of a million PINs that is one chance in twenty thousand, however much time somebody takes."""
BY_ADDRESS = Bucket("address", 40, is_of_address=True)
BY_QUESTIONS = Bucket("questions", 60, is_of_address=True)
"""How often an address may begin to log in with a passkey: each beginning is a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """What a request says about where it comes from. The address is used for throttling and kept nowhere."""

    organisation_id: UUID
    address: str
    device_token: str
    """Of a device on which somebody logged in before; empty where it is none."""
    session_token: str
    """Of whoever is logged in in this browser, up to now; empty where nobody is."""
    device: str
    is_shared_device: bool


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a request is from: read once per request, handed to every use-case."""

    account_id: UUID
    organisation_id: UUID
    role: Role
    username: str
    given_name: str
    function: str
    factors: int
    has_authenticator: bool
    has_passkey: bool
    session_id: UUID
    session_digest: bytes
    is_shared_device: bool
    authenticated_at: datetime
    seen_at: datetime

    @property
    def is_complete(self) -> bool:
        """Whether all factors were given that this role needs."""
        return self.role is Role.CLIENT or self.factors > 1

    @property
    def has_second_factor(self) -> bool:
        """Whether there is something to ask beside the password."""
        return self.has_authenticator or self.has_passkey

    @property
    def is_lasting(self) -> bool:
        """Whether the browser keeps the session when it closes: of a client, on a device of one's own."""
        return self.role is Role.CLIENT and not self.is_shared_device

    def is_recent(self, now: datetime) -> bool:
        """Whether the log-in is fresh enough for export, erasure or a change of how one logs in."""
        return now - self.authenticated_at < RECENT


def warns_after(actor: Actor) -> int | None:
    """Return after how many seconds of quiet a page says that the session ends soon; None where that takes days.

    Counted from the last sign of life that was written, which may be older than the page.
    """
    if not actor.is_complete or (actor.role is Role.CLIENT and not actor.is_shared_device):
        return None
    idle = lifetime(actor.role, shared_device=actor.is_shared_device).idle
    return int((idle - TOUCH_EVERY - WARN_BEFORE).total_seconds())
