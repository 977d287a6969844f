"""An organisation's offer: who it is, the ways to reach it, modules and trusted outside services."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from selfhelp.core.prose import Localised
from selfhelp.offer.domain.opening import ClosedDays, Hours

WAYS = ("chat", "write", "visit", "phone", "video")
"""Every way an organisation can be reached by."""

LIVE_WAYS = frozenset({"phone", "chat"})
"""Ways that answer at once while they are open; first when somebody needs someone now."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How anybody reaches the organisation itself."""

    email: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class OrganisationProfile:
    """Who offers this help. `hosts` are the names under which its pages are served."""

    name: str
    neutral_name: str
    country: str
    zone: ZoneInfo
    register: str
    languages: tuple[str, ...]
    hosts: tuple[str, ...]
    exit_url: str
    contact: Contact
    responsible: Localised
    complaints: Localised
    secrecy: Literal["counsellor", "team", "leader"]
    """Who reads a client's file beside the counsellor: nobody, the team with a reason, or its leader with a reason."""
    surnames: bool
    """Whether clients see the surnames of staff."""
    usual_wait: Localised | None = None
    """How long people usually wait for a first talk, in words; None: the organisation says nothing of it."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach the organisation; `hours` None means day and night."""

    key: str
    who: Localised
    cost: Localised
    answer: Localised
    how: Localised
    say_first: Localised
    hours: Hours | None = None
    where: str | None = None
    phone: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class ModuleOffer:
    """A training that an organisation works through with people."""

    key: str
    title: Localised
    what: Localised
    minutes: int
    """Of its first sitting."""


@dataclass(frozen=True, slots=True)
class OutsideService:
    """A service of others that this organisation trusts."""

    key: str
    name: str
    themes: tuple[str, ...]
    what: Localised
    why_trusted: Localised
    site: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class ThemeOffer:
    """What is offered around one theme, in the organisation's own order."""

    ways: tuple[str, ...]
    modules: tuple[str, ...]
    services: tuple[str, ...]
    checklist: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything in `offer.yaml`."""

    profile: OrganisationProfile
    ways: Mapping[str, Way]
    closed: tuple[ClosedDays, ...]
    modules: Mapping[str, ModuleOffer]
    services: Mapping[str, OutsideService]
    themes: Mapping[str, ThemeOffer]
    heavy_on: frozenset[str]
