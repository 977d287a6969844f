"""The organisation a request is for, picked by the host name, with what each slice keeps ready for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app, g, request

from selfhelp.core.errors import NotHere

Part = TypeVar("Part")

NO_ORGANISATION = UUID(int=0)
"""Of pages that belong to nobody: errors before an organisation was found, checks of files."""


@dataclass(frozen=True, slots=True)
class Site:
    """One organisation's public face.

    `parts` holds one value per type, for the slice that owns the type; `foot` the help lines that stand under every
    page; `pages` what was rendered for everybody.
    """

    key: str
    organisation_id: UUID
    name: str
    neutral_name: str
    languages: tuple[str, ...]
    register: str
    zone: ZoneInfo
    exit_url: str
    secrecy: Literal["counsellor", "team", "leader"]
    """Who reads a client's file beside the counsellor, with a reason: nobody, the team, or its leader."""
    demo: bool
    version: str
    parts: Mapping[type, Any]
    foot: tuple[Any, ...]
    pages: dict[Any, Any] = field(default_factory=dict)

    def part(self, kind: type[Part]) -> Part:
        """Return this organisation's value of a type; KeyError if wiring forgot it."""
        found: Part = self.parts[kind]
        return found


FindSite = Callable[[str], Site | None]


class UnknownHost(NotHere):
    """No organisation is served under this host name."""


def choose_site() -> None:
    """Put the organisation of this request into `g`; an unknown host is a missing page."""
    find: FindSite = current_app.extensions["selfhelp.find_site"]
    host, _, _ = request.host.partition(":")
    site = find(host.lower())
    if site is None:
        raise UnknownHost
    g.site = site


def current_site() -> Site:
    """Return the organisation of this request."""
    site: Site = g.site
    return site


def site_or_fallback() -> Site:
    """Return the organisation of this request, or the nameless one for error pages before any was found."""
    fallback: Site = current_app.extensions["selfhelp.fallback_site"]
    return g.get("site") or fallback
