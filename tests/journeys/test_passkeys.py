"""Passkeys in a real browser, with an authenticator that Chromium plays: made, used, removed; and for whom they are not."""

from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.conftest import PASSWORD
from tests.journeys.conftest import NewContext
from tests.journeys.test_accessibility import overflows, violations
from tests.journeys.test_own_pages import fresh_code, log_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SMALL = {"viewport": {"width": 320, "height": 568}}
ASK = "Gebruikt iemand anders uw Apple- of Google-account?"


def named(address: str) -> str:
    """Return the server's address under a name: passkeys belong to names, and 127.0.0.1 is none."""
    return address.replace("127.0.0.1", "localhost")


def phone_with_keys(new_context: NewContext, address: str, **options: Any) -> tuple[Page, CDPSession, str]:
    context = new_context(**{"base_url": named(address), **options})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return page, session, session.send("WebAuthn.addVirtualAuthenticator", {"options": kind})["authenticatorId"]


def add_passkey(page: Page) -> None:
    page.goto("/my/passkeys")
    page.get_by_label("Nee, alleen ik").check()
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("button", name="Een passkey toevoegen op dit toestel").click()
    expect(page.get_by_text("nog niet gebruikt")).to_be_visible()


def log_out(page: Page) -> None:
    page.goto("/my/devices")
    page.get_by_role("button", name="Uitloggen op dit toestel").click()
    expect(page).to_have_url("/login")


@pytest.mark.parametrize("way", ["new", "old"])
def test_a_client_makes_a_passkey_comes_in_with_it_and_removes_it(new_context: NewContext, address: str, way: str) -> None:
    page, session, authenticator = phone_with_keys(new_context, address)
    if way == "old":  # a browser that does not read and write the JSON itself
        page.add_init_script(
            "delete PublicKeyCredential.parseCreationOptionsFromJSON; delete PublicKeyCredential.prototype.toJSON;"
            "delete PublicKeyCredential.parseRequestOptionsFromJSON;"
        )
    username = {"new": "client14", "old": "client15"}[way]
    log_in(page, username)
    page.goto("/my/devices")
    page.get_by_role("link", name="Inloggen met uw vinger").click()
    add_passkey(page)
    (kept,) = session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert kept["isResidentCredential"]
    assert kept["rpId"] == "localhost"
    assert username not in str(kept.get("userName", ""))
    log_out(page)
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page).to_have_url("/my/")
    page.goto("/my/passkeys")
    expect(page.get_by_text("laatst gebruikt")).to_be_visible()
    page.get_by_role("button", name="Deze passkey verwijderen").click()
    expect(page.get_by_text("U hebt nog geen passkey.")).to_be_visible()
    log_out(page)
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_role("alert")).to_have_text(
        "Deze passkey werkt hier niet. Probeer het nog eens, of log in op een andere manier."
    )
    expect(page).to_have_url("/login")


def test_staff_needs_no_code_beside_a_passkey(new_context: NewContext, address: str) -> None:
    page, _, _ = phone_with_keys(new_context, address)
    page.goto("/login")
    page.get_by_label("Gebruikersnaam").fill("trainee1")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_label("Code uit uw authenticator-app").fill(fresh_code("trainee1"))
    page.get_by_role("button", name="Verder").click()
    expect(page).to_have_url("/caseload/")
    page.goto("/my/passkeys")
    expect(page.get_by_text(ASK)).to_have_count(0)
    page.get_by_role("button", name="Een passkey toevoegen op dit toestel").click()
    expect(page.get_by_text("nog niet gebruikt")).to_be_visible()
    page.get_by_role("button", name="Een passkey toevoegen op dit toestel").click()
    expect(page.get_by_role("alert")).to_have_text("Dit toestel heeft al een passkey van u.")
    log_out(page)
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page).to_have_url("/caseload/")


def test_a_stranger_at_the_phone_gets_nowhere_and_may_try_again(new_context: NewContext, address: str) -> None:
    page, session, authenticator = phone_with_keys(new_context, address)
    log_in(page, "client16")
    add_passkey(page)
    log_out(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    button = page.get_by_role("button", name="Inloggen met een passkey")
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("Er is niets veranderd.")
    page.evaluate("scrollTo(0, 0)")  # else axe finds what lies under the header that stays
    assert violations(page) == []
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": True})
    button.click()
    expect(page).to_have_url("/my/")


def test_without_a_script_or_a_name_there_is_no_button_and_no_dead_end(
    new_context: NewContext, address: str, phone: Page, plain_phone: Page
) -> None:
    for page in (phone, plain_phone):
        page.goto("/login")
        expect(page.get_by_role("button", name="Inloggen met een passkey")).to_have_count(0)
        log_in(page, "client14")
        page.goto("/my/passkeys")
        page.get_by_label("Nee, alleen ik").check()
        page.get_by_role("button", name="Verder").click()
        expect(page.get_by_text("Deze browser kan geen passkeys maken.")).to_be_visible()
        expect(page.get_by_role("button", name="Een passkey toevoegen op dit toestel")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_around_passkeys(new_context: NewContext, address: str, scheme: str) -> None:
    page, _, _ = phone_with_keys(new_context, address, color_scheme=scheme, **SMALL)
    found: list[str] = []

    def look() -> None:
        found.extend(violations(page))
        if overflows(page):
            found.append(f"{page.url} overflows at 320 px")

    page.goto("/login")
    expect(page.get_by_role("button", name="Inloggen met een passkey")).to_be_visible()
    look()
    log_in(page, "client17" if scheme == "light" else "client18")
    page.goto("/my/passkeys")
    look()
    page.get_by_label("Ja, of ik weet het niet").check()
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("Maak dan liever geen passkey.")).to_be_visible()
    look()
    add_passkey(page)
    look()
    page.get_by_label("Nee, alleen ik").check()
    page.get_by_role("button", name="Verder").click()
    look()
    page.goto("/my/confirm")
    look()
    page.get_by_label("Wachtwoord").fill("dit is het niet")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look()
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Verder").click()
    expect(page).to_have_url("/my/passkeys")
    assert not found, "\n".join(found)
