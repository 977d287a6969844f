"""A picture goes to the counsellors by choice: small, stripped, sealed, once, and it can be taken back."""

import re
from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from sqlalchemy import insert, select
from werkzeug.test import TestResponse

from selfhelp.modules.models import StepPhoto
from selfhelp.modules.photos import MOST_PHOTOS
from tests.browser import logged_in, send, token_of
from tests.conftest import MovingClock, rows
from tests.dossier.people import AN, JEF, YOUSSEF, both

STEP = "/my/trainings/administratie-op-orde/b2"
SECRET_PLACE = b"KANARIE 51.2 N 4.4 E"


def letter(kind: str = "JPEG", size: tuple[int, int] = (3000, 2000)) -> bytes:
    """Return a photo as a phone makes it: large, turned, with a place in it, also where apps and scanners write theirs."""
    picture, made = Image.new("RGB", size, (200, 180, 120)), BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = SECRET_PLACE.decode()
    written = {"exif": exif, "icc_profile": b"icc " + SECRET_PLACE}
    if kind == "PNG":
        written["pnginfo"] = texts = PngInfo()
        texts.add_text("Comment", f"comment {SECRET_PLACE.decode()}")
        texts.add_itxt("XML:com.adobe.xmp", f"xmp {SECRET_PLACE.decode()}")
    else:
        written |= {"comment": b"comment " + SECRET_PLACE, "xmp": b"xmp " + SECRET_PLACE}
    picture.save(made, kind, **written)
    return made.getvalue()


def post(client: FlaskClient, content: bytes, *, photo_id: str = "", path: str = STEP, **more: str) -> TestResponse:
    form = {"csrf_token": token_of(client.get("/my/devices")), "id": photo_id or str(uuid4()), **more}
    return client.post(f"{path}/photo/letter", data={**form, "picture": (BytesIO(content), "IMG_1234.jpg")})


def photos_of(client: FlaskClient) -> list[str]:
    return sorted(set(re.findall(r'href="(/my/photos/[0-9a-f-]+)"', client.get("/my/shared").get_data(as_text=True))))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_arrives_small_upright_and_without_what_the_camera_wrote(
    own_app: Flask, moment: MovingClock, kind: str
) -> None:
    jef, youssef, page = both(own_app, moment)
    assert letter(kind).count(SECRET_PLACE) >= (2 if kind == "PNG" else 3), "PNG packs the profile"
    assert post(jef, letter(kind)).status_code == 303
    (address,) = photos_of(jef)
    for reader, at in ((jef, address), (youssef, address.replace("/my", page))):
        assert reader.get(at).status_code == 200
        answer = reader.get(f"{at}/picture")
        assert answer.mimetype == "image/jpeg"
        assert answer.headers["Cache-Control"] == "no-store"
        with Image.open(BytesIO(answer.data)) as found:
            assert found.size == (1067, 1600)
            assert not found.getexif()
            assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert b"KANARIE" not in answer.data


def test_sent_twice_it_is_there_once_and_taken_back_it_is_gone(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    once = str(uuid4())
    for _ in range(2):
        assert post(jef, letter(), photo_id=once).status_code == 303
    (address,) = photos_of(jef)
    token = token_of(jef.get("/my/shared"))
    assert jef.post(f"{address}/take-back", data={"csrf_token": token}).status_code == 303
    assert photos_of(jef) == []
    assert youssef.get(f"{address.replace('/my', page)}/picture").status_code == 404
    assert rows(own_app, "select count(*) from step_photo") == [(0,)]


def test_another_picture_from_the_same_form_is_another_picture(own_app: Flask, moment: MovingClock) -> None:
    jef, once = logged_in(own_app, JEF, moment), str(uuid4())
    for content in (letter(), letter("PNG"), letter("PNG")):
        assert post(jef, content, photo_id=once).status_code == 303
    assert len(photos_of(jef)) == 2


def test_after_the_last_day_the_counsellor_no_longer_opens_it_and_the_client_still_does(
    own_app: Flask, moment: MovingClock
) -> None:
    jef, youssef, page = both(own_app, moment)
    post(jef, letter(), until="2026-11-25")
    (address,) = photos_of(jef)
    assert "tot en met 25 november" in jef.get("/my/shared").get_data(as_text=True)
    for day, status in (("24", 200), ("25", 200), ("26", 404)):
        for path in (address, f"{address}/picture"):
            assert youssef.get(path.replace("/my", page)).status_code == status, day
            assert jef.get(path).status_code == 200
        assert ("/photos/" in youssef.get(page).get_data(as_text=True)) == (status == 200)
        moment.forward(days=1)
        jef, youssef = logged_in(own_app, JEF, moment), logged_in(own_app, YOUSSEF, moment)
    assert address in jef.get("/my/shared").get_data(as_text=True), "the client finds it back"
    assert send(jef, f"/my/shared/photo/{address[-36:]}", page=address, until="").status_code == 303
    assert youssef.get(address.replace("/my", page)).status_code == 200
    send(jef, f"/my/shared/photo/{address[-36:]}/stop", page=address)
    assert youssef.get(address.replace("/my", page)).status_code == 404


def test_shared_again_in_the_first_hour_after_the_last_day_it_is_new_to_the_counsellor(
    own_app: Flask, moment: MovingClock
) -> None:
    jef = logged_in(own_app, JEF, moment)
    post(jef, letter(), until="2026-11-25")
    (address,) = photos_of(jef)
    moment.now = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)  # half past midnight here: the 26th
    jef, youssef, page = both(own_app, moment)
    assert youssef.get(address.replace("/my", page)).status_code == 404
    (before,) = rows(own_app, "select sum(fresh) from client")
    assert send(jef, f"/my/shared/photo/{address[-36:]}", page=address, until="").status_code == 303
    assert rows(own_app, "select sum(fresh) from client") == [(before[0] + 1,)]  # type: ignore[operator]
    assert youssef.get(address.replace("/my", page)).status_code == 200


@pytest.mark.parametrize("until", ["2026-11-23", "morgen"])
def test_with_a_last_day_that_cannot_be_nobody_else_opens_it_and_it_is_asked_again(
    own_app: Flask, moment: MovingClock, until: str
) -> None:
    jef, youssef, page = both(own_app, moment)
    answer = post(jef, letter(), until=until)
    assert "Kies hieronder een andere dag" in jef.get(answer.headers["Location"]).get_data(as_text=True)
    (address,) = photos_of(jef)
    assert youssef.get(address.replace("/my", page)).status_code == 404
    assert rows(own_app, "select event from access_entry where what like 'picture sent%'") == [("create",)]


def test_a_picture_sent_is_new_to_the_counsellor(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    (before,) = rows(own_app, "select sum(fresh) from client")
    once = str(uuid4())
    for _ in range(2):
        post(jef, letter(), photo_id=once)
    assert rows(own_app, "select sum(fresh) from client") == [(before[0] + 1,)]  # type: ignore[operator]


def test_a_device_hears_in_short_what_became_of_its_picture(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    owner = {"owner": jef.get("/my/device.json").get_json()["owner"]}
    sent = post(jef, letter(), **owner)
    assert (sent.status_code, list(sent.get_json())) == (200, ["sent"])
    refused = post(jef, b"no picture", **owner)
    assert (refused.status_code, refused.get_json()) == (400, {"refused": "unreadable"})
    with own_app.extensions["selfhelp.engines"].writer.begin() as connection:
        row = connection.execute(select(StepPhoto.__table__)).mappings().one()
        connection.execute(insert(StepPhoto), [{**row, "id": uuid4()} for _ in range(MOST_PHOTOS - 1)])
    full = post(jef, letter("PNG"), **owner)
    assert (full.status_code, full.get_json()) == (400, {"refused": "full"})
    assert "honderd" in post(jef, letter("PNG")).get_data(as_text=True)


def test_a_picture_that_waited_past_its_last_day_is_not_taken_and_its_owner_hears_why(
    own_app: Flask, moment: MovingClock
) -> None:
    jef, youssef, page = both(own_app, moment)
    device = {"owner": jef.get("/my/device.json").get_json()["owner"], "photo_id": str(uuid4())}
    shared = "select count(*) from access_entry where event in ('share', 'create', 'failed') and what like 'picture%'"
    before = rows(own_app, shared)
    late = post(jef, letter(), until="2026-11-23", **device)
    assert (late.status_code, late.get_json()) == (400, {"refused": "late"})
    assert rows(own_app, "select count(*) from step_photo") == [(0,)]
    assert rows(own_app, shared) == before
    assert post(jef, letter(), until="2026-11-24", **device).status_code == 200, "another day was chosen"
    (address,) = photos_of(jef)
    assert youssef.get(address.replace("/my", page)).status_code == 200


def test_a_picture_that_came_in_time_is_known_after_its_last_day_too(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    device = {"owner": jef.get("/my/device.json").get_json()["owner"], "photo_id": str(uuid4())}
    for _answer_was_lost in range(2):
        assert post(jef, letter(), until="2026-11-24", **device).status_code == 200
        moment.forward(days=1)
        jef = logged_in(own_app, JEF, moment)
    assert rows(own_app, "select count(*) from step_photo") == [(1,)]


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", letter()[:500], b"GIF89a" + b"\0" * 50])
def test_what_is_no_picture_is_refused_kindly(own_app: Flask, moment: MovingClock, content: bytes) -> None:
    jef = logged_in(own_app, JEF, moment)
    answer = post(jef, content)
    assert answer.status_code == 400
    assert "Wij konden deze foto niet lezen" in answer.get_data(as_text=True)
    assert photos_of(jef) == []


def test_a_picture_that_would_fill_the_memory_is_refused(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    assert post(jef, letter("PNG", (9000, 9000))).status_code == 400


def test_only_who_may_send_pictures_may_send_much(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    stranger, counsellor = own_app.test_client(), logged_in(own_app, "counsellor1", moment)
    for client, size, status in ((jef, 13_000_000, 413), (stranger, 200_000, 413), (counsellor, 200_000, 413)):
        body, kind = b"x" * size, "multipart/form-data; boundary=x"
        assert client.post(f"{STEP}/photo/letter", data=body, content_type=kind).status_code == status


def test_a_picture_of_another_cannot_be_seen_taken_back_or_overwritten(own_app: Flask, moment: MovingClock) -> None:
    jef, _youssef, page = both(own_app, moment)
    form = str(uuid4())
    post(jef, letter(), photo_id=form)
    once = photos_of(jef)[0].removeprefix("/my/photos/")
    for username in ("client3", AN, "coordinator", "admin"):
        other = logged_in(own_app, username, moment)
        for at in (f"/my/photos/{once}", f"{page}/photos/{once}"):
            assert other.get(f"{at}/picture").status_code in {403, 404}
        token = token_of(other.get("/my/devices"))
        assert other.post(f"/my/photos/{once}/take-back", data={"csrf_token": token}).status_code in {403, 404}
    assert post(logged_in(own_app, "client3", moment), letter(), photo_id=form).status_code == 404
    assert len(photos_of(jef)) == 1


def test_pictures_kept_by_somebody_else_on_this_device_are_not_taken(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    assert post(jef, letter(), owner="0" * 32).status_code == 409
    assert photos_of(jef) == []


def test_a_step_without_a_picture_takes_none(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    assert post(jef, letter(), path=STEP.replace("b2", "a1")).status_code == 404
