"""Who may call a route. Every route says so; one that does not fails the build and answers 404."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

Access = str
"""`public`, or the name of a permission."""


def public(view: View) -> View:
    """Declare that anybody may call this route; it must not read a session."""
    return _declare(view, "public")


def _declare(view: View, access: Access) -> View:
    view.__access__ = access  # type: ignore[attr-defined]  # functions take attributes; the type does not say so
    return view


def access_of(view: Callable[..., Any] | None) -> Access | None:
    """Return what a view declared, or None."""
    return getattr(view, "__access__", None)
