"""Jef and Youssef before, in and after a talk, through their own pages."""

import re
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.browser import send
from tests.conftest import MovingClock, rows
from tests.dossier.people import both

STEP = "/my/trainings/administratie-op-orde/b2"


def text(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.get_data(as_text=True)


class Scene:
    """Both logged in, and a talk on Thursday 26 November at two."""

    def __init__(self, app: Flask, moment: MovingClock, *, day: str = "2026-11-26") -> None:
        self.app, self.moment = app, moment
        self.jef, self.youssef, self.page = both(app, moment)
        self.talk_id = str(uuid4())
        form = {"id": self.talk_id, "day": day, "time": "14:00", "way": "visit", "place": "Kerkstraat 12"}
        assert self.staff("/talks", **form).status_code == 303

    @property
    def talk(self) -> str:
        return f"{self.page}/talks/{self.talk_id}"

    def staff(self, path: str, **fields: str) -> TestResponse:
        return send(self.youssef, self.page + path, page=f"{self.page}/talks", **fields)

    def own(self, path: str, **fields: str) -> TestResponse:
        return send(self.jef, path, page="/my/talk", **fields)

    def get_stuck(self, words: str = "Ik durf niet") -> None:
        send(self.jef, f"{STEP}/stuck", page=f"{STEP}/stuck", reason="afraid", words=words)

    def start(self) -> None:
        assert self.staff("/talks/start", talk=self.talk_id).status_code == 303

    def keep(self, **fields: str) -> TestResponse:
        return self.staff(f"/talks/{self.talk_id}", **{"go": "keep", **fields})

    def end(self, **fields: str) -> TestResponse:
        return self.keep(**{"go": "end", "minutes": "45", "held-way": "visit", **fields})

    def talks(self) -> list[tuple[str, str]]:
        """Return with whom each of Jef's talks is and how it stands, the first first, as the database has it."""
        wanted = "select client_id, given_name, a.state from appointment a join account on account.id = counsellor_id"
        found = rows(self.app, f"{wanted} order by a.starts_at")
        jef = self.page.removeprefix("/clients/").replace("-", "")
        return [(str(name), str(state)) for client_id, name, state in found if str(client_id).replace("-", "") == jef]


def ids_of(page: str, prefix: str) -> list[str]:
    """Return the ids of the lines that a form offers."""
    return re.findall(rf'name="{prefix}-([0-9a-f-]{{36}})"', page)
