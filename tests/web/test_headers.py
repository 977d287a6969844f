"""The exact security headers on every route and every error page."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from selfhelp.web.access import PUBLIC, access_of

EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types sw"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Frame-Options": "DENY",
}
ASSET = {"X-Content-Type-Options", "Cross-Origin-Resource-Policy"}
"""What a style, script or picture carries: the policy that governs it is that of its page."""
SAMPLES = {
    "slug": "djg6",
    "version": "x",
    "name": "css/style.css",
    "step_key": "a1",
    "purpose": "notices-sms",
    "exercise_id": "letter",
}
KEYS = {"guidance.theme": "contacts", "guidance.checklist": "contacts", "guidance.way": "chat"}


def address(rule: Rule) -> str:
    """Return an address of a route: an id that is nobody's, the first of several words, else a sample."""
    sample = {**SAMPLES, "key": KEYS.get(rule.endpoint, "administratie-op-orde")}

    def part(found: re.Match[str]) -> str:
        kind, name = found[1] or "", found[2]
        if kind == "uuid":
            return "00000000-0000-0000-0000-000000000001"
        words = re.match(r"any\(\"?([\w-]+)", kind)
        return words[1] if words else sample[name]

    return re.sub(r"<(?:([^:>]+):)?(\w+)>", part, rule.rule)


def test_every_route_answers_with_exactly_our_headers(app: Flask, client: FlaskClient) -> None:
    seen = set()
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods or ()):
            response = client.open(address(rule), method=method)
            assert response.status_code < 500, rule
            seen.add(response.status_code)
            is_asset = rule.endpoint == "app_shell.static_file" and response.status_code == 200 and method != "OPTIONS"
            expected = {name: EXPECTED[name] if name in ASSET or not is_asset else None for name in EXPECTED}
            assert {name: response.headers.get(name) for name in EXPECTED} == expected, (rule, method)
            assert response.headers.get("Cache-Control"), rule
            if access_of(app.view_functions[rule.endpoint]) == PUBLIC:
                assert "Set-Cookie" not in response.headers, rule
                assert "Cookie" not in response.headers.get("Vary", ""), rule
            assert "X-Powered-By" not in response.headers
    assert 200 in seen


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/self-tests/djg6", 400),
        ("GET", "/nothing-here", 404),
        ("GET", "/self-tests/nothing", 404),
        ("GET", "/topics/nothing", 404),
        ("GET", "/static/x/js/nothing.js", 404),
        ("GET", "/static/x/../../pyproject.toml", 404),
        ("DELETE", "/", 405),
        ("TRACE", "/", 405),
        ("PUT", "/self-tests/djg6", 405),
    ],
)
def test_error_pages_are_ours_and_carry_the_help_lines(client: FlaskClient, method: str, path: str, status: int) -> None:
    response = client.open(path, method=method)
    assert response.status_code == status
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED
    assert response.headers["Cache-Control"] == "no-store"
    page = response.get_data(as_text=True)
    assert 'href="tel:112"' in page
    assert 'href="tel:1813"' in page
    assert 'id="quick-exit"' in page


@pytest.mark.parametrize("code", [400, 403, 404, 405, 413, 429, 500, 503])
def test_each_error_page_speaks_plain_dutch_and_says_nothing_of_the_machine(app: Flask, code: int) -> None:
    from selfhelp.web.errors import error_page
    from selfhelp.web.site import choose_site

    with app.test_request_context("/", headers={"Host": "localhost"}):
        choose_site()
        response = error_page(code)
    page = response.get_data(as_text=True)
    assert response.status_code == code
    assert '<html lang="nl"' in page
    assert 'href="tel:112"' in page
    assert not re.search(r"Werkzeug|Flask|gunicorn|Traceback|sqlite|Python", page, re.IGNORECASE)
    assert ("Retry-After" in response.headers) == (code in {429, 503})


def test_a_fault_of_ours_answers_500_without_a_word_of_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from selfhelp.guidance import routes

    def fail() -> None:
        raise RuntimeError("canary-in-the-exception")

    monkeypatch.setattr(routes, "_guide", fail)
    response = app.test_client().get("/talk?lang=en&young=1")
    assert response.status_code == 500
    assert "canary" not in response.get_data(as_text=True)


def test_a_host_that_nobody_serves_is_a_missing_page_with_help_lines(client: FlaskClient) -> None:
    response = client.get("/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 404
    assert 'href="tel:112"' in response.get_data(as_text=True)
    assert "De Brug" not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:81"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_post_from_elsewhere_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    answers = {f"q{number}": "1" for number in range(1, 7)}
    assert client.post("/self-tests/djg6", data=answers, headers=headers).status_code == 403
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/self-tests/djg6", data=answers, headers=own).status_code == 200


def test_a_proxy_may_end_https_without_saying_so_but_nobody_may_take_it_away(client: FlaskClient) -> None:
    answers = {f"q{number}": "1" for number in range(1, 7)}
    behind = client.post("/self-tests/djg6", data=answers, headers={"Origin": "https://localhost"})
    assert behind.status_code == 200
    downgraded = client.post(
        "/self-tests/djg6", data=answers, headers={"Origin": "http://localhost"}, base_url="https://localhost"
    )
    assert downgraded.status_code == 403
