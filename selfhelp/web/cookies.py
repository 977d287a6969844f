"""Cookies for our own pages over https only; but for plain http on this very machine, where Secure would lose them."""

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from werkzeug.wrappers import Response

LOOPBACK = ("127.0.0.1", "::1")


def is_plain_loopback() -> bool:
    """Whether this request came over plain http from the machine itself, as in a demonstration."""
    host = request.host.partition(":")[0]
    return not request.is_secure and request.remote_addr in LOOPBACK and (host in LOOPBACK or host.endswith("localhost"))


def cookie_name(name: str) -> str:
    """Return the name under which a cookie travels; the prefix makes browsers refuse one that another host or path set."""
    return name if is_plain_loopback() else f"__Host-{name}"


def read_cookie(name: str) -> str:
    """Return a cookie of ours, or the empty string."""
    return request.cookies.get(cookie_name(name), "")


def set_cookie(response: Response, name: str, value: str, *, days: float | None = None) -> None:
    """Set a cookie; without `days` it goes when the browser closes."""
    age = round(days * 86_400) if days else None
    response.set_cookie(
        cookie_name(name), value, max_age=age, secure=not is_plain_loopback(), httponly=True, samesite="Lax", path="/"
    )


def drop_cookie(response: Response, name: str) -> None:
    """Remove a cookie."""
    response.delete_cookie(cookie_name(name), secure=not is_plain_loopback(), httponly=True, samesite="Lax", path="/")


class FormCookie(SecureCookieSessionInterface):
    """Flask's own signed cookie, used for nothing but the form token of somebody who has not logged in."""

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002  # Flask names the parameters
        """Return its name for this request."""
        return cookie_name("form")

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        """Return whether it is for https only."""
        return not is_plain_loopback()
