"""Who may call a route. Every route says so; one that does not fails the build and answers 404."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, Protocol, TypeVar
from uuid import UUID

from flask import Response, abort, current_app, g, request, session

from selfhelp.core.errors import NotHere

View = TypeVar("View", bound=Callable[..., Any])

Access = frozenset[str]
"""Roles; or `PUBLIC`, or `ANYONE`."""

PUBLIC: Access = frozenset({"public"})
"""Reads no session and sets none: the same for everybody."""
ANYONE: Access = frozenset({"anyone"})
"""May look who it is, and serves people who did not log in too."""
HALF: Access = frozenset({"half"})
"""Somebody who gave one of two factors, or all."""


FORM: Access = frozenset({"form"})
"""Takes a form from a page that is the same for everybody and so can hold no token; of an account it changes nothing, but
that it may end the session."""


class Someone(Protocol):
    """What this layer needs to know of who a request is from."""

    @property
    def account_id(self) -> UUID:
        """The account."""

    @property
    def role(self) -> str:
        """The role, one of the names that routes declare."""

    @property
    def is_complete(self) -> bool:
        """Whether all factors were given that the role needs."""


def public(view: View) -> View:
    """Declare that anybody may call this route; it must not read a session."""
    return _declare(view, PUBLIC)


def anyone(view: View) -> View:
    """Declare that anybody may call this route, logged in or not."""
    return _declare(view, ANYONE)


def from_public_page(view: View) -> View:
    """Declare a route for a form on a public page. Origin and Fetch Metadata guard it.

    It may set a cookie or end a session, and no more.
    """
    return _declare(view, FORM)


def half_logged_in(view: View) -> View:
    """Declare a route for somebody who logged in, the second factor given or not."""
    return _declare(view, HALF)


def allow(*roles: str) -> Callable[[View], View]:
    """Declare the roles that may call this route, all factors given."""
    return lambda view: _declare(view, frozenset(roles))


def _keep_forms_apart(someone: Someone) -> None:
    """Give each person form tokens of their own: a page that the one before left open must not post into this one's file."""
    whose = mark_of(someone.account_id)
    if session.setdefault("whose", whose) != whose:
        session.clear()
        session["whose"] = whose


def mark_of(account_id: UUID) -> str:
    """Return what Flask's cookie knows somebody by: it tells two people of one browser apart, and names neither."""
    return sha256(b"forms|" + account_id.bytes).hexdigest()[:16]


def last_here() -> str:
    """Return the mark of who was the last to be in with this browser, logged out or not; empty where nobody was."""
    whose: str = session.get("whose", "")
    return whose


def takes_files(most_mb: int) -> Callable[[View], View]:
    """Declare a route that takes files: whoever may call it may send this much, in MB, instead of a form's few kB."""

    def declare(view: View) -> View:
        view.__most_bytes__ = most_mb * 1_000_000  # type: ignore[attr-defined]
        return view

    return declare


def unattended(view: View) -> View:
    """Declare a route that a page asks by itself: that is no sign of life of whoever left it open."""
    view.__is_unattended__ = True  # type: ignore[attr-defined]
    return view


def is_unattended() -> bool:
    """Whether this request came from a page by itself."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "__is_unattended__", False))


def _declare(view: View, access: Access) -> View:
    view.__access__ = access  # type: ignore[attr-defined]  # functions take attributes; the type does not say so
    return view


def access_of(view: Callable[..., Any] | None) -> Access | None:
    """Return what a view declared, or None."""
    return getattr(view, "__access__", None)


def check_access() -> Response | None:
    """Let a request through to its view, or answer instead of it."""
    if request.endpoint is None:
        return None  # no route: the router answers
    view = current_app.view_functions.get(request.endpoint)
    access = access_of(view)
    if access is None:
        raise NotHere
    if access in (PUBLIC, FORM):
        return None
    someone: Someone | None = current_app.extensions["selfhelp.load_actor"]()
    g.actor = someone
    if someone is not None:
        _keep_forms_apart(someone)
    # Before the form token is looked for, because that reads the body; and for nobody but those who may call.
    if someone is not None and someone.role in access:
        request.max_content_length = getattr(view, "__most_bytes__", request.max_content_length)
    if someone is None and access != ANYONE:
        answer: Response = current_app.extensions["selfhelp.ask_to_log_in"]()
        return answer
    current_app.extensions["selfhelp.check_form_token"]()
    if access == ANYONE or someone is None:
        return None
    if access != HALF and (not someone.is_complete or someone.role not in access):
        # Here and not after the response: what goes wrong in it must reach our own error pages.
        current_app.extensions["selfhelp.note_refusal"](someone)
        abort(403)
    return None
