"""What is known of an instrument, and how sure we are of each fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from selfhelp.core.prose import Localised

Status = Literal["checked", "unverified", "unknown"]
WordingStatus = Literal["verified", "matches-secondary", "unchecked"]
Origin = Literal["original", "owner-translation", "research-translation", "own-translation"]
Permission = Literal["free", "free-noncommercial", "ask-owner", "org-licence"]

NEEDS_PERMISSION: frozenset[Permission] = frozenset({"ask-owner", "org-licence"})


@dataclass(frozen=True, slots=True)
class Fact:
    """A text with the status of our knowledge and, where there is one, its source."""

    text: Localised
    status: Status
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A publication; `doi` may be `unknown` or `none`."""

    text: str
    doi: str
    status: Status


@dataclass(frozen=True, slots=True)
class CutOff:
    """Where the bands of a scale, or the line of a flag, come from and for whom they were made."""

    of: str
    text: Localised
    population: Localised
    source: str
    status: Status


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """The smallest change that is more than chance (Jacobson & Truax, 1991); None where it must not be computed."""

    value: Fraction | None
    text: Localised
    source: str | None
    status: Status


@dataclass(frozen=True, slots=True)
class WordingOrigin:
    """Where the literal wording in one language comes from."""

    status: WordingStatus
    origin: Origin
    source: str
    note: Localised | None = None


@dataclass(frozen=True, slots=True)
class Passport:
    """Everything staff must be able to look up before offering an instrument."""

    name: str
    authors: tuple[str, ...]
    year: int
    citations: tuple[Citation, ...]
    copyright: Fact
    licence: Fact
    permission: Permission
    permission_note: Localised
    owner_contact: str
    population: Fact
    recall: Fact
    cut_offs: tuple[CutOff, ...]
    missing_rule: Fact
    reliability: Fact
    norms: Fact
    reliable_change: ReliableChange
    wording: Mapping[str, WordingOrigin]
    not_for: Localised

    @property
    def sure_change(self) -> Fraction | None:
        """Return what a change takes to be more than chance; None unless that and the norms it rests on were checked."""
        is_sure = self.reliable_change.status == self.norms.status == "checked"
        return self.reliable_change.value if is_sure else None

    @property
    def needs_permission(self) -> bool:
        """Whether production use waits for a recorded permission of the owner."""
        return self.permission in NEEDS_PERMISSION


@dataclass(frozen=True, slots=True)
class PermissionGiven:
    """The owner's permission to one organisation, as recorded by `selfhelp instruments permit`."""

    slug: str
    given_by: str
    given_on: date
    reference: str
