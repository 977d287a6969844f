"""The pages of whoever leads, in a real browser: accessible in every state, by keyboard, and without JavaScript."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from uuid import uuid4

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser import logged_in, send
from tests.conftest import MovingClock, demo_database
from tests.journeys.conftest import NewContext
from tests.journeys.test_accessibility import invalid, overflows, violations
from tests.journeys.test_own_pages import staff_page
from tests.organisation.people import account, database
from tests.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = ("", "staff", "teams", "overview", "progress", "misuse", "reports", "pilot", "pilot/goals")


@pytest.fixture
def address(demo_folder: Path, tmp_path: Path, on_postgres: str) -> Iterator[str]:
    """Serve each test a copy of its own: here people are taken out of teams."""
    copytree(demo_folder, tmp_path / "data")
    with served(tmp_path / "data", database=demo_database(on_postgres)) as found:
        yield found


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_in_any_state(new_context: NewContext, scheme: str) -> None:
    page, found = staff_page(new_context, "coordinator", scheme), list[str]()
    for size in ({"width": 320, "height": 568}, {"width": 1280, "height": 800}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for path in PAGES:
            page.goto(f"/organisation/{path}")
            open_everything(page)
            found += violations(page)
            if overflows(page):
                found.append(f"{path} overflows at {size['width']} px")
    page.goto("/organisation/teams")
    page.get_by_role("button", name="Dit team maken").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += violations(page)
    page.get_by_role("link", name="Team Noord").click()
    found += violations(page)
    page.get_by_role("link", name="Uit het team halen (Lotte)").click()
    found += violations(page)
    page.goto("/organisation/pilot/goals")
    page.get_by_label("Aantal om te halen").first.fill("veel")
    page.get_by_role("button", name="Deze doelen bewaren").click()
    expect(page.get_by_text("Vul een heel getal in")).to_be_visible()
    found += violations(page)
    page.goto("/organisation/misuse")
    open_everything(page)
    page.get_by_role("button", name="Bewaren als bekeken").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += violations(page)
    assert not found, "\n".join(found)


def test_a_client_gets_a_counsellor_by_keyboard_alone(new_context: NewContext) -> None:
    laptop = staff_page(new_context, "coordinator", "light")
    laptop.set_viewport_size({"width": 1280, "height": 800})
    laptop.goto("/organisation/overview")
    laptop.get_by_label("Hulpverlener voor Georges").focus()
    laptop.keyboard.press("ArrowDown")
    laptop.keyboard.press("Tab")
    laptop.keyboard.press("Enter")
    expect(laptop.get_by_role("status").filter(has_text="Toegewezen")).to_be_visible()
    expect(laptop.get_by_text("Georges")).to_have_count(0)


def test_without_javascript_a_team_is_made_filled_and_left(new_context: NewContext) -> None:
    page = staff_page(lambda **options: new_context(java_script_enabled=False, **options), "coordinator", "light")
    page.goto("/organisation/teams")
    page.get_by_label("Naam van het team").fill("Team Oost")
    page.get_by_role("button", name="Dit team maken").click()
    page.get_by_role("button", name="In dit team zetten (Lotte)").click()
    page.get_by_role("link", name="Uit het team halen (Lotte)").click()
    expect(page.get_by_text("Er is geen cliënt van dit team aan Lotte toegewezen.")).to_be_visible()
    page.get_by_role("button", name="Lotte nu uit het team halen").click()
    expect(page.get_by_role("button", name="In dit team zetten (Lotte)")).to_be_visible()
    page.goto("/organisation/misuse")
    page.locator("summary", has_text="Bekeken").first.click()
    page.get_by_label("Wat was het?").first.fill("Nagevraagd: een oproep van de wacht.")
    page.get_by_role("button", name="Bewaren als bekeken").first.click()
    expect(page.get_by_text("Al bekeken (1)")).to_be_visible()


def test_a_practice_client_in_the_counsellors_list(new_context: NewContext) -> None:
    page, found = staff_page(new_context, "counsellor1", "light"), list[str]()
    for path in ("/caseload/", "/practice/"):
        page.goto(path)
        found += violations(page)
    page.get_by_role("button", name="Mijn oefencliënt openen").click()
    expect(page.get_by_text("Dit is een oefencliënt")).to_be_visible()
    found += violations(page)
    assert not found, "\n".join(found)


def test_html_is_valid(own_app: Flask, moment: MovingClock, tmp_path: Path) -> None:
    hilde, karim, mieke = (logged_in(own_app, username, moment) for username in ("coordinator", "admin", "counsellor1"))
    with database(own_app) as session:
        an = str(account(session, "counsellor4").id)
    (tmp_path / "pages").mkdir()
    teams = hilde.get("/organisation/teams").get_data(as_text=True)
    team = teams.partition('href="/organisation/teams/')[2].partition('"')[0]
    pages = {
        **{f"{number}": hilde.get(f"/organisation/{path}") for number, path in enumerate(PAGES)},
        "team": hilde.get(f"/organisation/teams/{team}"),
        "leaving": hilde.get(f"/organisation/teams/{team}/members/{an}/out"),
        "faults": send(hilde, "/organisation/teams", page="/organisation/teams", id=str(uuid4()), name=""),
        "goals": send(hilde, "/organisation/pilot/goals", page="/organisation/pilot/goals", first_on="x"),
        "admin": karim.get("/organisation/"),
        "practice": mieke.get("/practice/"),
        "caseload": mieke.get("/caseload/"),
    }
    for name, answer in pages.items():
        (tmp_path / "pages" / f"{name}.html").write_bytes(answer.data)
    assert not invalid(tmp_path / "pages")
