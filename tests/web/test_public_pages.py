"""Public pages: the same bytes for everybody, strong tags, compressed once, neutral outside."""

import gzip
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from selfhelp import wiring
from selfhelp.web.site import Site

LANGUAGES = ("", "?lang=en", "?young=1", "?lang=en&young=1")
TELLING = re.compile(
    r"eenza|lonel|depress|suïc|suic|zelfdod|zelfmoord|geweld|violen|schuld|debt|alcohol|drug|gok|gambl|angst|"
    r"anxi|De Brug|Het Anker",
    re.IGNORECASE,
)


def site_of(app: Flask) -> Site:
    found = app.extensions["selfhelp.find_site"]("localhost")
    assert found is not None
    return found


def all_public_paths(app: Flask) -> list[str]:
    return wiring.public_paths(site_of(app))[1]


@pytest.mark.parametrize("query", LANGUAGES)
def test_every_public_page_is_the_same_for_everybody_and_may_be_kept(app: Flask, query: str) -> None:
    for path in all_public_paths(app):
        first = app.test_client().get(path + query, headers={"Cookie": "sid=1", "User-Agent": "a"})
        second = app.test_client().get(path + query, headers={"User-Agent": "b", "Accept-Language": "fr"})
        assert first.status_code == 200, path
        assert first.data == second.data
        assert first.headers["Cache-Control"].startswith("public")
        assert first.headers["Vary"] == "Accept-Encoding"
        assert "Set-Cookie" not in first.headers


def test_a_page_is_compressed_when_asked_and_has_a_tag_for_each_form(client: FlaskClient) -> None:
    plain = client.get("/self-tests/djg6")
    zipped = client.get("/self-tests/djg6", headers={"Accept-Encoding": "gzip, br"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    again = client.get("/self-tests/djg6", headers={"Accept-Encoding": "gzip", "If-None-Match": zipped.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_no_title_or_address_gives_anything_away(app: Flask, client: FlaskClient) -> None:
    for path in all_public_paths(app):
        for query in LANGUAGES:
            page = client.get(path + query)
            if page.mimetype != "text/html":
                continue
            title = re.search(r"<title>([^<]+)</title>", page.get_data(as_text=True))
            assert title, path
            assert not TELLING.search(title[1]), title[1]
        assert not TELLING.search(path), path


def test_the_manifest_has_the_neutral_name_and_all_its_pictures(client: FlaskClient) -> None:
    response = client.get("/manifest.webmanifest")
    manifest = json.loads(response.data)
    assert response.mimetype == "application/manifest+json"
    assert not TELLING.search(response.get_data(as_text=True))
    assert manifest["name"] == manifest["short_name"] == "Notities"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    assert {shot["form_factor"] for shot in manifest["screenshots"]} == {"narrow", "wide"}
    for picture in [*manifest["icons"], *manifest["screenshots"]]:
        found = client.get(picture["src"])
        assert found.status_code == 200, picture
        width, height = (int.from_bytes(found.data[start : start + 4], "big") for start in (16, 20))
        assert f"{width}x{height}" == picture["sizes"]


def test_static_files_live_forever_under_their_version_only(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    style = re.search(r'href="(/static/\w+/css/style.css)"', page)
    assert style
    assert "immutable" in client.get(style[1]).headers["Cache-Control"]
    assert "immutable" not in client.get("/static/older/css/style.css").headers["Cache-Control"]


def test_the_two_organisations_have_their_own_pages(client: FlaskClient) -> None:
    bridge = client.get("/about").get_data(as_text=True)
    anchor = client.get("/about", headers={"Host": "anker.localhost"}).get_data(as_text=True)
    assert "De Brug" in bridge
    assert "Het Anker" in anchor
    assert "De Brug" not in anchor
    assert 'href="tel:113"' in anchor
    assert 'href="tel:1813"' in bridge


def test_the_register_follows_the_organisation_and_who_is_young(client: FlaskClient) -> None:
    assert "Waar zit u mee?" in client.get("/").get_data(as_text=True)
    assert "Waar zit je mee?" in client.get("/?young=1").get_data(as_text=True)
    assert "Waar zit je mee?" in client.get("/", headers={"Host": "anker.localhost"}).get_data(as_text=True)
    assert "What is on your mind?" in client.get("/?lang=en").get_data(as_text=True)


def test_every_own_link_on_every_page_leads_somewhere_and_keeps_the_variant(app: Flask, client: FlaskClient) -> None:
    checked: set[str] = set()
    for path in all_public_paths(app):
        for query in ("", "?lang=en&young=1"):
            page = client.get(path + query)
            if page.mimetype != "text/html":
                continue
            for link in re.findall(r'<a [^>]*href="(/[^"#]*)', page.get_data(as_text=True)):
                target = link.replace("&amp;", "&")
                if query and "/static/" not in target:
                    assert "lang=" in target or "young=" in target, (path, target)
                if target not in checked:
                    checked.add(target)
                    expected = 401 if target.startswith("/my/") else 200
                    assert client.get(target).status_code == expected, (path, target)


def test_no_page_asks_anything_of_another_origin(app: Flask, client: FlaskClient) -> None:
    for path in all_public_paths(app):
        page = client.get(path).get_data(as_text=True)
        assert not re.search(r'(?:src|srcset|data|action)="(?:https?:)?//', page), path
        for tag in re.findall(r"<a [^>]*https?://[^>]*>", page):
            assert "noreferrer" in tag, tag
        assert "<style" not in page
        assert not re.search(r"\son\w+=", page)
        assert not re.search(r"\sstyle=", page)
        for script in re.findall(r"<script[^>]*>", page):
            assert "src=" in script or 'type="application/json"' in script


def test_health_says_up_and_ready(client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"Host": "10.0.0.1"}).json == {"status": "ok"}
    assert client.get("/readyz").json["checks"] == {"database": True, "organisations": True}
