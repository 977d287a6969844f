"""A client says that a look into the file was not right; the coordinator reads it, and nobody else."""

import re

from flask import Flask

from tests.browser import logged_in, send
from tests.conftest import MovingClock

WORDS = "KANARIE: ik kende deze mens niet"


def test_it_is_said_once_shown_back_and_read_by_the_coordinator_only(own_app: Flask, moment: MovingClock) -> None:
    mieke = logged_in(own_app, "counsellor1", moment)
    page = mieke.get("/caseload/").get_data(as_text=True)
    samira = re.findall(r'href="(/clients/[^"]+)">Samira<', page)[0]
    mieke.get(samira)
    client = logged_in(own_app, "client1", moment)
    form = re.findall(r'href="(/my/who-looked/[^"]+)"', client.get("/my/who-looked").get_data(as_text=True))[0]
    for words in ("first", WORDS):
        assert send(client, form, page=form, words=words).status_code == 303
    assert "U zei: dit klopte niet" in client.get("/my/who-looked").get_data(as_text=True)
    told = logged_in(own_app, "coordinator", moment).get("/organisation/reports").get_data(as_text=True)
    assert WORDS in told
    assert "Mieke" in told
    assert "Samira" not in told
    assert "first" not in told
    for other in ("admin", "counsellor2", "volunteer1", "client2"):
        answer = logged_in(own_app, other, moment).get("/organisation/reports")
        assert answer.status_code == 403
    stranger = logged_in(own_app, "client2", moment)
    assert stranger.get(form).status_code == 404
    assert send(stranger, form, page="/my/devices", words="x").status_code == 404
    assert WORDS not in mieke.get(samira).get_data(as_text=True)
