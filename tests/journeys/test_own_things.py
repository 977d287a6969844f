"""Goals, the diary and the map in a real browser: by keyboard, by hand, without JavaScript; small and accessible."""

import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.test_accessibility import overflows, violations
from tests.journeys.test_budgets import KB, Traffic
from tests.journeys.test_own_pages import log_in, staff_page
from tests.journeys.test_sharing import open_client
from tools.machine import NODE_MODULES, ROOT, node

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LAPTOP = {"viewport": {"width": 1280, "height": 900}, "is_mobile": False, "has_touch": False}


def add(page: Page, name: str, kind: str = "Familie", ring: str = "middel") -> None:
    """Put somebody on the map by the form."""
    form = page.locator("#add form")
    if not form.is_visible():
        page.locator("#add > summary").click()
    form.get_by_label("Een naam, of een woord").fill(name)
    form.get_by_label(kind, exact=True).check()
    form.get_by_label(ring, exact=True).check()
    form.get_by_role("button", name="Op de kaart zetten").click()
    expect(page.get_by_text("Het staat op de kaart.")).to_be_visible()


def stands(page: Page, name: str) -> tuple[str, int]:
    """Return where somebody stands on the map."""
    one = page.locator(f'a.person[data-name="{name}"]')
    return one.get_attribute("data-ring") or "", int(one.get_attribute("data-angle") or -1)


def centre(one: Locator) -> tuple[float, float]:
    box = one.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus."""
    page.wait_for_load_state()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} cannot be reached")


def test_a_map_is_drawn_and_changed_wholly_by_keyboard(new_context: NewContext) -> None:
    page = log_in(new_context(**LAPTOP).new_page(), "client7")
    tab_to(page, 'a[href="/my/network"]')
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Mensen om mij heen")
    tab_to(page, "#name")
    page.keyboard.type("Mama")
    tab_to(page, '[name="kind"]')
    page.keyboard.press("Space")
    tab_to(page, '[name="ring"]')
    page.keyboard.press("ArrowUp")
    tab_to(page, '[value="talk"]')
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Familie · dichtbij · praten")).to_be_visible()
    assert stands(page, "Mama") == ("near", 0)
    tab_to(page, "a.person")
    with page.expect_response("**/place"):
        for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp"):
            page.keyboard.press(key)
    expect(page.locator("[data-map-word]")).to_have_text("Mama: middel")
    assert stands(page, "Mama") == ("middle", 30)
    page.reload()
    assert stands(page, "Mama") == ("middle", 30)
    assert violations(page) == []
    tab_to(page, "a.person")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Mama")
    tab_to(page, '[value="closer"]')
    page.keyboard.press("Enter")
    expect(page.get_by_text("Familie · dichtbij")).to_be_visible()
    tab_to(page, 'button[value="left"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "details.plain > summary")
    page.keyboard.press("Enter")
    tab_to(page, "details.plain button")
    page.keyboard.press("Enter")
    expect(page.locator("a.person")).to_have_count(0)


def test_somebody_is_dragged_to_another_ring_and_kept_there(new_context: NewContext) -> None:
    page = log_in(new_context(**LAPTOP).new_page(), "client8")
    page.goto("/my/network")
    add(page, "Zus", ring="dichtbij")
    add(page, "Broer", ring="verder")
    page.locator("svg.map").scroll_into_view_if_needed()
    x, y = centre(page.locator(".me"))
    page.mouse.move(*centre(page.locator('a.person[data-name="Zus"] polygon')))
    page.mouse.down()
    page.mouse.move(x + 60, y + 10, steps=3)
    with page.expect_response("**/place") as kept:
        page.mouse.move(x + 300, y, steps=5)
        page.mouse.up()
    assert kept.value.status == 204
    assert stands(page, "Zus") == ("far", 90)
    expect(page.locator("[data-map-word]")).to_have_text("Zus: verder")
    expect(page.get_by_text("Familie · verder")).to_have_count(2)
    expect(page).to_have_url("/my/network?said=added#add")
    page.reload()
    assert stands(page, "Zus") == ("far", 90)
    page.locator('a.person[data-name="Zus"]').click()
    expect(page.locator("h1")).to_have_text("Zus")


def test_a_finger_drags_too_and_what_cannot_be_kept_goes_back(new_context: NewContext) -> None:
    context = new_context()
    page = log_in(context.new_page(), "client9")
    page.goto("/my/network")
    add(page, "Zus", ring="dichtbij")
    page.locator("svg.map").scroll_into_view_if_needed()
    finger = context.new_cdp_session(page)

    def drag(down: float) -> None:
        x, y = centre(page.locator("a.person polygon"))
        for kind, points in (
            ("touchStart", [{"x": x, "y": y}]),
            ("touchMove", [{"x": x + 20, "y": y + down / 4}]),
            ("touchMove", [{"x": x, "y": y + down}]),
            ("touchEnd", []),
        ):
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    with page.expect_response("**/place"):
        drag(180)
    put_down = stands(page, "Zus")
    assert put_down != ("near", 0)
    context.set_offline(True)
    drag(-180)
    expect(page.get_by_text("Dit kon niet bewaard worden")).to_be_visible()
    assert stands(page, "Zus") == put_down
    context.set_offline(False)
    assert violations(page) == []


def test_a_map_without_javascript(plain_phone: Page) -> None:
    page = log_in(plain_phone, "client10")
    page.goto("/my/network")
    add(page, "OCMW", kind="Een dienst", ring="verder")
    page.locator("a.person").click()
    expect(page.locator("h1")).to_have_text("OCMW")
    page.get_by_role("button", name="Dichterbij").click()
    page.get_by_role("button", name="Dichterbij").click()
    expect(page.get_by_role("button", name="Dichterbij")).to_be_disabled()
    page.get_by_role("button", name="Rond naar rechts").click()
    page.get_by_role("link", name="Mensen om mij heen").click()
    assert stands(page, "OCMW") == ("near", 15)
    page.get_by_role("button", name="Bewaar deze kaart als beeld van vandaag").click()
    expect(page.get_by_text("Dit beeld is bewaard")).to_be_visible()
    page.locator("#pictures .steps a").click()
    expect(page.get_by_text("Iedereen staat op dezelfde ring als toen.")).to_be_visible()
    with page.expect_download() as file:
        page.goto("/my/network")
        page.get_by_role("link", name="PNG").click()
    assert file.value.suggested_filename.startswith("beeld-")


def test_a_goal_from_words_to_a_line_without_javascript(plain_phone: Page) -> None:
    page = log_in(plain_phone, "client11")
    page.get_by_role("link", name="Mijn doelen").click()
    page.get_by_label("Wat wilt u graag?").fill("Elke dag even buiten")
    page.get_by_role("button", name="Dit doel bewaren").click()
    page.locator(".zero-to-ten label", has_text="4").click()
    page.get_by_role("button", name="Dit getal bewaren").click()
    expect(page.locator("td").last).to_have_text("4")
    page.get_by_label("Een kleine stap").fill("Schoenen klaarzetten")
    page.get_by_role("button", name="Deze stap toevoegen").click()
    page.get_by_role("button", name="Klaar (").click()
    expect(page.get_by_text("klaar op")).to_be_visible()
    page.get_by_text("Delen met wie mij helpt").click()
    page.get_by_role("button", name="Delen", exact=True).click()
    expect(page.get_by_text("Gedeeld, tot u stopt.")).to_be_visible()
    page.get_by_role("button", name="Dit doel laat ik los").click()
    expect(page.get_by_text("Dat is goed. Het kan altijd terugkomen.")).to_be_visible()
    page.get_by_role("button", name="Weer oppakken").click()
    expect(page.get_by_role("button", name="Dit doel is bereikt")).to_be_visible()


def test_what_was_typed_in_a_diary_waits_on_the_device_until_it_is_kept(phone: Page) -> None:
    log_in(phone, "client12")
    phone.goto("/my/diary")
    phone.get_by_label("Wat wilt u opschrijven?").fill("Half af")
    phone.get_by_label("zwaar").check()
    expect(phone.get_by_text("Wat u typt, blijft op dit toestel")).to_be_visible()
    phone.goto("/my/")
    phone.get_by_role("button", name="Uitloggen op dit toestel").click()
    expect(phone.get_by_text("In uw dagboek staat nog iets")).to_be_visible()
    phone.goto("/my/diary")
    expect(phone.get_by_text("Hier staat wat u eerder typte")).to_be_visible()
    expect(phone.get_by_label("zwaar")).to_be_checked()
    phone.get_by_label("Wat wilt u opschrijven?").press("End")
    phone.keyboard.type(", en nu heel")
    phone.get_by_role("button", name="Bewaren").click()
    expect(phone.locator(".own-words")).to_have_text("Half af, en nu heel")
    expect(phone.get_by_label("Wat wilt u opschrijven?")).to_have_value("")
    phone.reload()
    expect(phone.get_by_label("Wat wilt u opschrijven?")).to_have_value("")
    phone.get_by_role("link", name="Delen, verbeteren of verwijderen").click()
    phone.get_by_text("Verbeteren", exact=True).click()
    phone.get_by_label("Wat wilt u opschrijven?").fill("Anders")
    expect(phone.get_by_text("Wat u typt, blijft op dit toestel")).to_be_visible()
    phone.reload()
    expect(phone.get_by_label("Wat wilt u opschrijven?")).to_have_value("Anders")
    phone.get_by_role("button", name="Weggooien wat ik typte").click()
    expect(phone.get_by_label("Wat wilt u opschrijven?")).to_have_value("Half af, en nu heel")
    phone.goto("/my/")
    phone.get_by_role("button", name="Uitloggen op dit toestel").click()
    expect(phone).to_have_url("/login")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_goals_diary_and_map(new_context: NewContext, scheme: str) -> None:
    page = log_in(new_context(color_scheme=scheme, viewport={"width": 320, "height": 568}).new_page(), "client1")
    found: list[str] = []

    def look() -> None:
        found.extend(violations(page))
        if overflows(page):
            found.append(f"{page.url} overflows at 320 px")

    for path, link in (("goals", ".cards a"), ("diary", ".cards a"), ("network", ".map-beside .line a")):
        page.goto(f"/my/{path}")
        look()
        page.locator(link).first.click()
        for each in page.locator("main details > summary").all():
            each.click()
        look()
    page.goto("/my/network")
    page.get_by_role("button", name="Bewaar deze kaart als beeld van vandaag").click()
    page.locator("#pictures .steps a").first.click()
    look()
    for path, button in (("goals", "Dit doel bewaren"), ("diary", "Bewaren"), ("network", "Op de kaart zetten")):
        page.goto(f"/my/{path}")
        if (more := page.locator(".act:not([open]) > summary")).count():
            more.click()
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator("#errors")).to_be_visible()
        look()
    assert not found, "\n".join(found)


def test_axe_finds_nothing_where_both_work_on_the_counsellors_device(new_context: NewContext) -> None:
    found: list[str] = []
    page = staff_page(new_context, "counsellor3", "light")
    page.set_viewport_size({"width": 320, "height": 568})
    open_client(page, "Nadia")
    client = page.url
    for path, button in (("/goals", "Dit doel bewaren"), ("/network", "Samen een kaart tekenen")):
        page.goto(client + path)
        found += violations(page)
        if path == "/goals":
            page.get_by_label("Wat wilt u graag?").fill("Samen iets kleins")
        page.get_by_role("button", name=button).click()
        expect(page.locator("h1")).to_be_visible()
        found += violations(page)
    add(page, "Buurtgezondheidscentrum de Zonnebloem", kind="Een dienst")
    found += violations(page)
    assert not overflows(page)
    page.goto(client)
    found += violations(page)
    assert not found, "\n".join(found)


def test_goals_diary_and_map_are_small(new_context: NewContext) -> None:
    context = new_context(service_workers="block")
    page = log_in(context.new_page(), "client1")
    for path in ("/my/goals", "/my/diary", "/my/network"):
        fresh = context.new_page()
        traffic = Traffic()
        session = context.new_cdp_session(fresh)
        traffic.watch(session)
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        fresh.goto(path, wait_until="networkidle")
        print(path, traffic.total(), traffic.total("Script"))
        assert 2 * KB < traffic.total() <= 35 * KB, (path, traffic.total())
        assert traffic.total("Script") <= 15 * KB
        fresh.close()
    page.close()


def test_html_is_valid_on_pages_with_something_on_them(new_context: NewContext, tmp_path: Path) -> None:
    page = log_in(new_context(java_script_enabled=False).new_page(), "client1")
    number = 0
    for path, link in (("goals", ".cards a"), ("diary", ".cards a"), ("network", ".map-beside .line a")):
        page.goto(f"/my/{path}")
        addresses = [f"/my/{path}", page.locator(link).first.get_attribute("href") or ""]
        for address in addresses:
            number += 1
            (tmp_path / f"{number}.html").write_bytes(page.request.get(address).body())
    report = tmp_path / "report.json"
    script = NODE_MODULES / "html-validate" / "bin" / "html-validate.mjs"
    command = [node(), str(script), "--config", str(ROOT / ".htmlvalidate.json"), "--formatter", f"json={report}"]
    subprocess.run([*command, *map(str, tmp_path.glob("*.html"))], capture_output=True, cwd=ROOT, check=False)
    found = [each for file in json.loads(report.read_text(encoding="utf-8")) for each in file["messages"]]
    assert number == 6
    assert not found, found[:5]
