"""Somebody who logged in over HTTP, with the cookies and form tokens that a load client sends along."""

import json
import re
from http.client import HTTPConnection, RemoteDisconnected
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import pyotp

from tests.conftest import PASSWORD, TOTP

FORM = "application/x-www-form-urlencoded"


class Visitor:
    """One browser of a client, or of somebody of the staff."""

    def __init__(self, address: str, username: str, *, is_staff: bool = False) -> None:
        self.host = address.removeprefix("http://")
        self.connection = HTTPConnection(self.host)
        self.cookies: dict[str, str] = {}
        fields = {"username": username, "password": PASSWORD, "csrf_token": self.token("/login")}
        status, _ = self.ask("POST", "/login", urlencode(fields))
        if status != 303:
            raise RuntimeError(f"{username} cannot log in: {status}")
        if is_staff:
            fields = {"code": pyotp.TOTP(TOTP).now(), "csrf_token": self.token("/login")}
            self.ask("POST", "/login", urlencode(fields))

    @property
    def cookie(self) -> str:
        """Return the header that says who this is."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        """Send one request, keep the cookies, and return status and text."""
        headers = {"Cookie": self.cookie} | ({"Content-Type": FORM} if body else {})
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except RemoteDisconnected:  # it was quiet for long, and the server hung up
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        for header in answer.msg.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
        return answer.status, answer.read().decode()

    def get(self, path: str) -> str:
        """Return a page that must be there."""
        status, text = self.ask("GET", path)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
        return text

    def token(self, path: str) -> str:
        """Return the form token of a page."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(path))
        if not found:
            raise RuntimeError(f"{path} has no form")
        return found[1]

    def device(self) -> dict[str, Any]:
        """Return what a device asks before it sends: whose work may be sent, and a form token."""
        found: dict[str, Any] = json.loads(self.get("/my/device.json"))
        return found
