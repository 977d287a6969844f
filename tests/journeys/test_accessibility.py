"""No axe violation and no invalid HTML on any page and state; nothing overflows at 320 px or with letters twice as large."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from selfhelp import wiring
from tests.accounts.test_joining import accept, set_up
from tests.accounts.test_leading import address_of, code_of
from tests.browser import logged_in, send
from tests.conftest import NOON, MovingClock
from tests.dossier.people import page_of
from tests.journeys.conftest import NewContext
from tests.journeys.steps import LONELY, answer, fill_one_by_one, go_on
from tools.machine import NODE_MODULES, ROOT, node

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OWN_STEP = "/my/trainings/administratie-op-orde/b2"
AXE = (NODE_MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STATES = (
    "/",
    "/self-tests/",
    "/self-tests/djg6",
    "/self-tests/pgsi",
    "/topics/home",
    "/check/post",
    "/talk",
    "/talk/chat",
    "/help-now",
    "/safe",
    "/about",
    "/privacy",
    "/accessibility",
    "/returning",
    "/offline",
    "/nothing-here",
    "/self-tests/djg6/passport",
    "/trainings/administratie-op-orde",
    "/trainings/administratie-op-orde/b2",
    "/trainings/piekeren-en-slapen/a2",
    "/self-tests/djg6/outcome",
)
PAPER = (
    "/self-tests/phq9/paper",
    "/self-tests/audit/paper",
    "/trainings/administratie-op-orde/paper",
    "/trainings/piekeren-en-slapen/a2/paper",
)


def violations(page: Page) -> list[str]:
    page.evaluate("scrollTo(0, 0)")  # what lies under the sticky header is not where somebody taps
    page.evaluate(AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags}).then(found => found.violations)", RULES)
    return [
        f"{page.url}: {each['id']}: {each['nodes'][0]['html'][:160]} {each['nodes'][0]['failureSummary'][:200]}"
        for each in found
    ]


def overflows(page: Page) -> bool:
    found: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(new_context: NewContext, scheme: str) -> None:
    page = new_context(color_scheme=scheme, viewport={"width": 320, "height": 568}).new_page()
    found: list[str] = []
    for path in STATES:
        page.goto(path)
        found += violations(page)
        if overflows(page):
            found.append(f"{path} overflows at 320 px")
    page.goto("/?lang=en&young=1")
    found += violations(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state_of_a_test(new_context: NewContext, scheme: str) -> None:
    page = new_context(color_scheme=scheme).new_page()
    found: list[str] = []
    page.goto("/self-tests/phq9")
    go_on(page)
    found += violations(page)
    for number in range(1, 9):
        answer(page, f"q{number}", "2")
        go_on(page)
    answer(page, "q9", "3")
    found += violations(page)
    go_on(page)
    expect(page.locator("#outcome")).to_be_visible()
    page.locator("details.more summary").click()
    found += violations(page)
    page.locator(".menu summary").click()
    found += violations(page)
    assert not found, "\n".join(found)


def test_axe_finds_nothing_in_the_error_state(new_context: NewContext) -> None:
    for scheme in ("light", "dark"):
        page = new_context(color_scheme=scheme).new_page()
        page.goto("/self-tests/djg6")
        page.evaluate("document.getElementById('test').submit()")
        expect(page.locator("#errors")).to_be_visible()
        assert violations(page) == []


def test_letters_twice_as_large_still_fit(new_context: NewContext) -> None:
    page = new_context(viewport={"width": 320, "height": 568}).new_page()
    for path in STATES:
        page.goto(path)
        page.evaluate("document.documentElement.style.setProperty('font-size', '225%')")
        assert not overflows(page), path
    page.goto("/self-tests/phq9")
    page.evaluate("document.documentElement.style.setProperty('font-size', '225%')")
    assert violations(page) == []


def test_right_to_left_mirrors_without_overflow(new_context: NewContext) -> None:
    page = new_context(viewport={"width": 320, "height": 568}).new_page()
    for path in ("/", "/self-tests/djg6", "/self-tests/djg6/outcome", "/help-now"):
        page.goto(path)
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert not overflows(page), path


def test_the_three_doors_stand_above_the_fold_of_the_smallest_phone(new_context: NewContext) -> None:
    page = new_context(viewport={"width": 320, "height": 568}).new_page()
    page.goto("/")
    foot = page.locator(".help-foot").bounding_box()
    assert foot
    doors = page.locator(".door")
    assert doors.count() == 3
    for number in range(3):
        box = doors.nth(number).bounding_box()
        assert box
        assert box["y"] + box["height"] <= foot["y"], f"door {number + 1} is covered"


def test_targets_are_large_enough(phone: Page) -> None:
    for path in ("/", "/self-tests/djg6", "/talk", "/help-now"):
        phone.goto(path)
        small = phone.evaluate(
            """() => [...document.querySelectorAll("a, button, summary, label.option")]
                .filter(each => each.checkVisibility() && !each.closest(".unseen, .skip"))
                .map(each => [each.outerHTML.slice(0, 90), each.getBoundingClientRect()])
                .filter(([, box]) => box.width && (box.height < 24 || box.width < 24)).map(([html]) => html)"""
        )
        assert not small, (path, small)


def test_the_focus_is_never_hidden_under_a_bar(new_context: NewContext) -> None:
    page = new_context(viewport={"width": 360, "height": 640}, is_mobile=False, has_touch=False).new_page()
    for path in ("/", "/self-tests/", "/self-tests/djg6"):
        page.goto(path)
        for _ in range(25):
            page.keyboard.press("Tab")
            page.wait_for_timeout(30)
            hidden = page.evaluate(
                """() => {
                    const each = document.activeElement;
                    if (each === document.body || each.closest(".top, .help-foot")) return null;
                    const box = each.getBoundingClientRect();
                    const top = document.querySelector(".top").getBoundingClientRect().bottom;
                    const foot = document.body.dataset.page === "start"
                        ? document.querySelector(".help-foot").getBoundingClientRect().top : innerHeight;
                    return box.bottom <= top || box.top >= foot ? each.outerHTML.slice(0, 100) : null;
                }"""
            )
            assert hidden is None, (path, hidden)


def test_the_question_is_announced_with_its_answers(phone: Page) -> None:
    phone.goto("/self-tests/djg6")
    snapshot = phone.locator("#test").aria_snapshot()
    assert "group" in snapshot
    assert snapshot.count("radio") == 3
    answer(phone, "q1", "3")
    go_on(phone)
    assert phone.evaluate("document.activeElement.tagName") == "LEGEND"


def invalid(folder: Path) -> list[str]:
    """Return what html-validate finds in the pages of a folder."""
    report = folder / "report.json"
    script = NODE_MODULES / "html-validate" / "bin" / "html-validate.mjs"
    command = [node(), str(script), "--config", str(ROOT / ".htmlvalidate.json"), "--formatter", f"json={report}"]
    run = subprocess.run([*command, *map(str, folder.glob("*.html"))], capture_output=True, text=True, cwd=ROOT, check=False)
    problems = [
        f"{Path(file['filePath']).name} {each['line']}: {each['ruleId']}: {each['message']}"
        for file in json.loads(report.read_text(encoding="utf-8"))
        for each in file["messages"]
    ]
    assert run.returncode in {0, 1}, run.stderr
    return problems[:40]


def pages_about_what_was_agreed(app: Flask) -> list[bytes]:
    """Return what Samira and Mieke see of the path, the words and the self-test of the demo."""
    samira, mieke = logged_in(app, "client1", lambda: NOON), logged_in(app, "counsellor1", lambda: NOON)
    page, step = page_of(mieke, "Samira"), "administratie-op-orde/a2"
    home = samira.get("/my/").data
    asked = re.search(rb'href="(/my/asked/[^"]+)"', home)
    assert asked
    found = [home, *(samira.get(path).data for path in (asked[1].decode(), "/my/trainings/administratie-op-orde"))]
    found.append(samira.get(f"/my/trainings/{step}").data)
    staff = ("path", "asked", f"feedback/{step}", "steps-together", f"steps-together/{step}")
    found += [mieke.get(f"{page}/{path}").data for path in staff]
    for path, fields in (("path", {"target": "x", "words": "y" * 501}), ("asked", {}), (f"feedback/{step}", {})):
        found.append(send(mieke, f"{page}/{path}", page=f"{page}/{path}", **fields).data)
    return found


def test_html_is_valid_on_every_page(own_app: Flask, tmp_path: Path) -> None:
    site = own_app.extensions["selfhelp.find_site"]("localhost")
    client = own_app.test_client()
    pages = [path for path in wiring.public_paths(site)[1] if not path.endswith(".json")]
    for number, path in enumerate([*pages, "/self-tests/djg6/passport", "/?lang=en", "/nothing", *PAPER]):
        (tmp_path / f"{number:03}.html").write_bytes(client.get(path).data)
    fields = {f"q{number}": "1" for number in range(1, 10)}
    (tmp_path / "scored.html").write_bytes(client.post("/self-tests/phq9", data=fields).data)
    (tmp_path / "open.html").write_bytes(client.post("/self-tests/phq9", data={"q1": "1", "x": "1"}).data)
    mine = logged_in(own_app, "client7", lambda: NOON)
    stuck = f"{OWN_STEP.replace('b2', 'a2')}/stuck"
    send(mine, stuck, page=stuck, reason="unsafe", words="x")
    for number, path in enumerate(
        (
            *("/my/", OWN_STEP, f"{OWN_STEP}/stuck", "/my/who-looked", "/my/devices", "/my/passkeys", "/my/confirm"),
            *("/my/together", "/my/results", "/my/shared", "/my/who-can-read", "/my/timeline"),
            *("/my/goals", "/my/diary", "/my/network", "/my/next-time"),
            *("/my/trainings/administratie-op-orde", "/my/trainings/administratie-op-orde/moment"),
        )
    ):
        (tmp_path / f"own{number}.html").write_bytes(mine.get(path).data)
    for number, page in enumerate(pages_about_what_was_agreed(own_app)):
        (tmp_path / f"agreed{number}.html").write_bytes(page)
    for name in ("login", "invite", "join"):  # not the card: a PIN is left to no browser to keep
        (tmp_path / f"{name}.html").write_bytes(client.get(f"/{name}").data)
    (tmp_path / "faults.html").write_bytes(send(mine, OWN_STEP, page=OWN_STEP, **{"letters-0-amount": "x"}).data)
    assert invalid(tmp_path) == []


def test_the_outcome_reads_well_on_paper(phone: Page) -> None:
    phone.goto("/self-tests/djg6")
    fill_one_by_one(phone, LONELY)
    expect(phone.locator("#outcome")).to_be_visible()
    phone.emulate_media(media="print")
    expect(phone.locator(".headline:visible").first).to_be_visible()
    expect(phone.locator("#controls")).to_have_count(0)
    expect(phone.locator(".help-foot")).to_be_visible()


def test_html_is_valid_where_staff_keeps_its_keys(own_app: Flask, moment: MovingClock, tmp_path: Path) -> None:
    leader = logged_in(own_app, "coordinator", moment)
    for name in ("organisation/", "my/authenticator", "my/recovery-codes", "my/devices", "my/confirm"):
        (tmp_path / f"{name.replace('/', '-')}.html").write_bytes(leader.get(f"/{name}").data)
    mieke, again = own_app.test_client(), address_of(leader, "Mieke", "invitation")
    accept(mieke, code_of(send(leader, again, page="/organisation/staff").get_data(as_text=True)))
    set_up(mieke, moment)
    (tmp_path / "begun-anew.html").write_bytes(mieke.get("/my/devices").data)
    (tmp_path / "staff.html").write_bytes(leader.get("/organisation/staff").data)
    assert invalid(tmp_path) == []
