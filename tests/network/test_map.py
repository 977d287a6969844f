"""The map of people and services: by form, with pictures of earlier days and files; private until shared, as one thing."""

import re
import sqlite3
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from tests.browser import logged_in, send
from tests.conftest import NOON, MovingClock, rows
from tests.dossier.people import AN, BRAM, JEF, YOUSSEF, both

MAP = "/my/network"
SVG = "{http://www.w3.org/2000/svg}"


def put(client: FlaskClient, name: str, page: str = MAP, **more: str) -> str:
    """Put somebody on the map, and return the address of their page."""
    given = {"id": str(uuid4()), "kind": "family", "ring": "near"} | more
    answer = send(client, page, page=page, name=name, **given)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return f"{page}/people/{given['id']}"


def text(client: FlaskClient, path: str = MAP) -> str:
    return client.get(path).get_data(as_text=True)


def place_of(page: str, name: str) -> tuple[str, int]:
    found = re.search(rf'data-ring="(\w+)" data-angle="(\d+)" data-name="{name}"', page)
    assert found, name
    return found[1], int(found[2])


def share(client: FlaskClient, until: str = "") -> None:
    found = re.search(r'action="(/my/shared/network/[0-9a-f-]+)"', text(client))
    assert found
    assert send(client, found[1], page=MAP, until=until).status_code == 303


def stop(client: FlaskClient) -> None:
    found = re.search(r'action="(/my/shared/network/[0-9a-f-]+/stop)"', text(client))
    assert found
    assert send(client, found[1], page=MAP).status_code == 303


def test_somebody_stands_on_the_drawing_and_in_the_list_beside_it(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    assert "<svg class=" not in text(jef)
    put(jef, "Mama", supports="talk")
    put(jef, "OCMW Hasselt", kind="service", ring="far", supports="hard")
    page = text(jef)
    assert 'aria-label="Mama, Familie, dichtbij"' in page
    assert 'class="hard" data-line' in page
    assert re.search(r"Een dienst · <span[^>]+>verder</span> · kost mij kracht", page)
    assert place_of(page, "Mama") == ("near", 0)


def test_the_same_form_twice_puts_nobody_there_twice(own_app: Flask, moment: MovingClock) -> None:
    jef, person_id = logged_in(own_app, JEF, moment), str(uuid4())
    for _ in range(2):
        put(jef, "Mama", id=person_id)
    assert text(jef).count("data-person=") == 1


def test_buttons_move_somebody_and_a_second_tap_no_further(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    mama = put(jef, "Mama")
    for verb, place in (
        ("further", ("middle", 0)),
        ("left", ("near", 345)),
        ("right", ("near", 15)),
        ("closer", ("near", 0)),
    ):
        for _ in range(2):
            answer = send(jef, f"{mama}/place", page=mama, ring="near", angle="0", go=verb)
            assert answer.headers["Location"] == f"{mama}#map"
        assert place_of(text(jef), "Mama") == place


def test_a_script_puts_somebody_down_where_the_hand_let_go(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    mama = put(jef, "Mama")
    answer = send(jef, f"{mama}/place", page=mama, ring="far", angle="217", by="script")
    assert (answer.status_code, answer.data) == (204, b"")
    assert place_of(text(jef), "Mama") == ("far", 217)
    assert send(jef, f"{mama}/place", page=mama, ring="moon", angle="1", by="script").status_code == 404


def test_changed_they_stay_where_they_are_unless_the_ring_is_another(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    mama = put(jef, "Mama")
    send(jef, f"{mama}/place", page=mama, ring="near", angle="217")
    send(jef, mama, page=mama, name="Moeder", kind="friends", ring="near", supports="money")
    page = text(jef)
    assert place_of(page, "Moeder") == ("near", 217)
    assert "Vrienden · " in page
    send(jef, mama, page=mama, name="Moeder", kind="friends", ring="far")
    assert place_of(text(jef), "Moeder")[0] == "far"
    send(jef, f"{mama}/remove", page=mama)
    assert "Moeder" not in text(jef)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " ", "kind": "family"}, "Schrijf een naam of een woord"),
        ({"name": "Mama"}, "Kies wat deze persoon of dienst"),
        ({"name": "x" * 41, "kind": "work"}, "hoogstens 40 tekens"),
    ],
)
def test_what_cannot_be_put_there_is_named_and_comes_back(
    own_app: Flask, moment: MovingClock, fields: dict[str, str], words: str
) -> None:
    jef = logged_in(own_app, JEF, moment)
    person = put(jef, "Zus")
    for path in (MAP, person):
        answer = send(jef, path, page=path, ring="far", supports="money", **fields)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 400
        assert words in page
        assert fields["name"].strip() in page
        assert 'value="money" checked' in page
        assert 'value="far" checked' in page


def test_forty_are_enough(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    for number in range(40):
        put(jef, f"N{number}", ring=("near", "middle", "far")[number % 3])
    answer = send(jef, MAP, page=MAP, name="Te veel", kind="family")
    assert answer.status_code == 400
    assert "40 mensen en diensten" in answer.get_data(as_text=True)
    assert jef.get(f"{MAP}/picture.png").status_code == 200


def test_pictures_of_a_day_stay_as_they_were_and_say_what_is_different(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    mama, weg = put(jef, "Mama"), put(jef, "Weg")
    for _ in range(2):
        assert send(jef, f"{MAP}/pictures", page=MAP).status_code == 303
    found = re.findall(r'href="(/my/network/pictures/[0-9a-f-]+)"', text(jef))
    assert len(found) == 1, "the same picture again is none"
    moment.forward(days=1)
    send(jef, f"{weg}/remove", page=weg)
    send(jef, f"{mama}/place", page=mama, ring="near", angle="0", go="further")
    put(jef, "Nieuw")
    page = text(jef, found[0])
    assert "De kaart op 24 november 2026" in page
    for words in ("Nieuw op de kaart: <bdi>Nieuw", "Niet meer op de kaart: <bdi>Weg", "Verder weg: <bdi>Mama"):
        assert words in page
    assert page.count('<svg class="map"') == 2
    send(jef, f"{found[0]}/remove", page=found[0])
    assert jef.get(found[0]).status_code == 404


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "A & B 'C' \"D\"", "Élodie Şahin", "أحمد", "]]> &amp;"])
def test_the_svg_file_is_valid_and_holds_every_name_as_it_is(own_app: Flask, moment: MovingClock, name: str) -> None:
    jef = logged_in(own_app, JEF, moment)
    put(jef, name)
    answer = jef.get(f"{MAP}/picture.svg")
    root = ET.fromstring(answer.data)  # noqa: S314  # our own file
    titles = [each.text for each in root.iter(f"{SVG}title")]
    assert titles == ["Kaart, 24 november 2026", name]
    assert not list(root.iter(f"{SVG}script"))
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="beeld-2026-11-24.svg"'
    assert "style=" not in answer.get_data(as_text=True)
    assert name not in text(jef) if "<" in name else True


def test_the_png_file_shows_the_map_and_letters_of_several_scripts(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    mama = put(jef, "e")
    pictures = {}
    for name in ("e", "é", "ş", "ü", "ğ", "Ж", "ب", "\ue000"):
        send(jef, mama, page=mama, name=name, kind="family", ring="near")
        answer = jef.get(f"{MAP}/picture.png")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="beeld-2026-11-24.png"'
        picture = Image.open(BytesIO(answer.data)).convert("RGB")
        assert picture.width == 1200
        colours = {colour for _count, colour in picture.getcolors(1_000_000) or []}
        assert (255, 255, 255) in colours
        assert any(red < 40 and 80 < green < 110 for red, green, _blue in colours), "the shape of somebody"
        pictures[name] = picture.tobytes()
    assert len(set(pictures.values())) == len(pictures), (
        "no letter looks like another, nor like the box of one that is missing"
    )


def test_shared_as_one_thing_until_a_day(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    mama = put(jef, "Mama").replace("/my", page)
    send(jef, f"{MAP}/pictures", page=MAP)
    picture = re.findall(r'href="(/my/network/pictures/[0-9a-f-]+)"', text(jef))[0].replace("/my", page)
    parts = (mama, picture, f"{page}/network/picture.svg", f"{page}/network/picture.png")
    assert "Mama" not in text(youssef, f"{page}/network")
    assert {youssef.get(each).status_code for each in parts} == {404}
    share(jef, (NOON + timedelta(days=2)).date().isoformat())
    assert "Mensen om mij heen" in text(youssef, page)
    assert "Mama" in text(youssef, f"{page}/network")
    assert {youssef.get(each).status_code for each in parts} == {200}
    moment.forward(days=3)
    youssef = logged_in(own_app, YOUSSEF, moment)
    assert "Mama" not in text(youssef, f"{page}/network")
    assert {youssef.get(each).status_code for each in parts} == {404}


def test_stopping_ends_reading_and_writing_at_once(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    mama = put(jef, "Mama").replace("/my", page)
    share(jef)
    put(youssef, "Buurman", page=f"{page}/network", kind="neighbours")
    assert "Buurman" in text(jef)
    stop(jef)
    for path, form in (
        (f"{page}/network", {"name": "x", "kind": "family"}),
        (mama, {"name": "x", "kind": "family"}),
        (f"{mama}/place", {"ring": "far", "angle": "0"}),
        (f"{mama}/remove", {}),
        (f"{page}/network/pictures", {}),
    ):
        assert send(youssef, path, page=page, **form).status_code == 404
    assert place_of(text(jef), "Mama") == ("near", 0)


def test_begun_together_it_is_shared_and_says_with_whom(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    assert send(youssef, f"{page}/network/begin", page=f"{page}/network").status_code == 303
    put(youssef, "Mama", page=f"{page}/network")
    shown = text(jef)
    assert "Samen met Youssef begonnen." in shown
    assert "Mama" in shown
    assert "Gedeeld, tot u stopt" in shown
    stop(jef)
    assert "Mama" not in text(youssef, f"{page}/network")


def test_a_map_that_is_private_stays_so_whatever_a_counsellor_begins(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    before = text(youssef, f"{page}/network")
    put(jef, "Mama")
    token = re.compile(r'name="csrf_token" value="[^"]+"')
    assert token.sub("", text(youssef, f"{page}/network")) == token.sub("", before), "nothing tells that there is one"
    answer = send(youssef, f"{page}/network/begin", page=f"{page}/network")
    assert answer.status_code == 409
    assert "Jef kan zelf een kaart delen" in answer.get_data(as_text=True)
    assert "Mama" not in answer.get_data(as_text=True)
    assert "Alleen u kunt dit lezen" in text(jef)


def test_a_colleague_with_a_reason_looks_and_changes_nothing(own_app: Flask, moment: MovingClock) -> None:
    jef, _youssef, page = both(own_app, moment)
    mama = put(jef, "Mama").replace("/my", page)
    share(jef)
    bram = logged_in(own_app, BRAM, moment)
    send(bram, page.replace("/clients", "/team-files"), page="/team-files/", reason="stand_in")
    shown = text(bram, f"{page}/network")
    assert "Mama" in shown
    assert "Op de kaart zetten" not in shown
    assert mama not in shown
    assert bram.get(f"{page}/network/picture.svg").status_code == 404, "a file is a change of where it is kept"
    assert send(bram, f"{mama}/place", page="/my/devices", ring="far", angle="0").status_code == 404


@pytest.mark.parametrize("stranger", [AN, "trainee1", "volunteer1", "coordinator", "admin", "client6"])
def test_a_shared_map_is_for_the_own_counsellor_only(own_app: Flask, moment: MovingClock, stranger: str) -> None:
    jef, _youssef, page = both(own_app, moment)
    mama = put(jef, "Mama")
    share(jef)
    other = logged_in(own_app, stranger, moment)
    assert other.get(f"{page}/network").status_code in {403, 404}
    for path in (f"{mama}/remove", f"{mama.replace('/my', page)}/remove", f"{page}/network/begin"):
        assert send(other, path, page="/my/devices").status_code in {403, 404}
    assert "Mama" in text(jef)


def test_removed_the_map_is_gone_with_its_pictures_and_its_sharing(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    put(jef, "Mama")
    send(jef, f"{MAP}/pictures", page=MAP)
    share(jef)
    for _ in range(2):
        assert send(jef, f"{MAP}/remove", page=MAP).status_code == 303
    assert "Mama" not in text(jef)
    assert "Mama" not in text(youssef, f"{page}/network")
    put(jef, "Opnieuw")
    assert "Opnieuw" not in text(youssef, f"{page}/network"), "a new map is private"


def test_taking_a_file_along_is_an_export_in_the_log(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    put(jef, "KANARIE")
    share(jef)
    assert youssef.get(f"{page}/network/picture.png").status_code == 200
    assert ("export", "network map") in rows(own_app, "select event, what from access_entry where role = 'counsellor'")
    assert not [what for (what,) in rows(own_app, "select what from access_entry") if "KANARIE" in str(what)]
    assert "Youssef (maatschappelijk werker) maakte een kopie" in text(jef, "/my/who-looked")


@pytest.mark.sqlite_file
def test_who_stands_there_is_sealed(own_app: Flask, moment: MovingClock, tmp_path: Path) -> None:
    jef = logged_in(own_app, JEF, moment)
    put(jef, "KANARIE")
    send(jef, f"{MAP}/pictures", page=MAP)
    with sqlite3.connect(tmp_path / "data" / "selfhelp.sqlite") as database:
        database.execute("pragma wal_checkpoint(full)")
    for file in (tmp_path / "data").glob("*.sqlite*"):
        assert b"KANARIE" not in file.read_bytes()
