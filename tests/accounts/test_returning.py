"""Who was logged out goes on, after logging in, where they were; and nowhere else."""

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browser import logged_in, send
from tests.conftest import PASSWORD, TOTP, MovingClock

HERE = "U bent hier niet ingelogd"


def came_to(client: FlaskClient, username: str) -> str:
    return send(client, "/login", page="/login", username=username, password=PASSWORD).headers["Location"]


def test_a_client_goes_on_with_the_page_that_was_asked_for(own_app: Flask) -> None:
    client = own_app.test_client()
    asked = client.get("/my/goals")
    assert asked.status_code == 401
    assert HERE in asked.get_data(as_text=True)
    assert HERE not in client.get("/login").get_data(as_text=True)
    assert came_to(client, "client2") == "/my/goals"
    assert client.get_cookie("after") is None


def test_staff_goes_on_after_the_code(own_app: Flask, moment: MovingClock) -> None:
    client = own_app.test_client()
    client.get("/caseload/waiting")
    assert came_to(client, "counsellor1") == "/login"
    code = pyotp.TOTP(TOTP).at(moment())
    assert send(client, "/login", page="/login", code=code).headers["Location"] == "/caseload/waiting"


@pytest.mark.parametrize("ways_out", [("/logout", "/my/"), ("/leave", "/my/"), ()])
def test_the_next_person_does_not_land_where_the_one_before_was(own_app: Flask, ways_out: tuple[str, ...]) -> None:
    client, step = own_app.test_client(), "/my/trainings/piekeren-en-slapen/a2"
    came_to(client, "client1")
    assert client.get(step).status_code == 200
    if ways_out:
        send(client, ways_out[0], page=ways_out[1])
    else:
        client.delete_cookie("sid")  # the session ended by itself
    assert client.get(step).status_code == 401, "the Back button"
    assert came_to(client, "client2") == "/my/"
    send(client, "/logout", page="/my/")
    assert client.get("/my/goals").status_code == 401
    assert came_to(client, "client2") == "/my/goals", "who comes back goes on"


@pytest.mark.parametrize("asked", ["/caseload/", "/my/alive.json", "/my/nothing-here", "/self-tests/"])
def test_what_a_client_cannot_open_is_no_place_to_go_on(own_app: Flask, asked: str) -> None:
    client = own_app.test_client()
    client.get(asked)
    assert came_to(client, "client2") == "/my/"


@pytest.mark.parametrize(
    "planted", ["//evil.example/my/", "https://evil.example", "/my/goals/../../login", "/" + "x" * 300, "x"]
)
def test_a_planted_address_leads_home(own_app: Flask, planted: str) -> None:
    client = own_app.test_client()
    client.set_cookie("after", planted)
    assert came_to(client, "client2") == "/my/"


def test_a_part_of_a_page_and_a_form_are_no_places(own_app: Flask) -> None:
    client = own_app.test_client()
    client.get("/my/goals", headers={"Sec-Fetch-Dest": "image"})
    assert client.get_cookie("after") is None
    answer = client.post("/my/goals", data={"words": "x"})
    assert answer.status_code == 401
    assert "dus dit is nog niet bewaard" in answer.get_data(as_text=True)
    assert came_to(client, "client2") == "/my/"


@pytest.mark.parametrize(
    ("username", "home"), [("client2", "/my/"), ("counsellor1", "/caseload/"), ("admin", "/organisation/")]
)
def test_a_page_that_is_not_there_leads_back_to_ones_own(
    own_app: Flask, moment: MovingClock, username: str, home: str
) -> None:
    known = logged_in(own_app, username, moment)
    path = "/my/photos/00000000-0000-4000-8000-000000000000" if username == "client2" else "/my/goals"
    page = known.get(path).get_data(as_text=True)
    assert f'<a class="button" href="{home}">Naar mijn eigen pagina</a>' in page
    assert "Naar mijn eigen pagina" not in own_app.test_client().get("/nothing-here").get_data(as_text=True)
