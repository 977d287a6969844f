"""The demonstration of a quarter of an hour, from the phone call to the figures of the pilot: one laptop, one phone.

Every page is kept as a picture in `test-output/story`, in the order in which it was seen, to be looked at.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.at_home import at_home_without_a_network
from tests.journeys.conftest import NewContext
from tests.journeys.pictures import Album
from tests.journeys.test_agreed import agree_on
from tests.journeys.test_own_pages import staff_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NAME = "Soraya"
LAPTOP = {"viewport": {"width": 1280, "height": 800}, "device_scale_factor": 1, "is_mobile": False, "has_touch": False}
STEPS = ("Alle post op één plek", "Tien enveloppen, open of dicht", "De brieven van de stapel Nu")
OWN_WORDS = "Ik ben niet alleen met die stapel."
TOMORROW, NEXT_WEEK = (str(date.today() + timedelta(days=days)) for days in (1, 8))  # noqa: DTZ011  # as the browser says it


def test_from_the_phone_call_to_the_pilot(new_context: NewContext, tmp_path: Path) -> None:
    album = Album("story")
    laptop = at_a_desk(new_context, "counsellor1")
    here = call_comes_in(laptop, album)
    phone = card_is_handed_over(laptop, new_context, album)
    wait_is_over(laptop, phone, here, album)
    how_to_work_together(phone, laptop, here, album)
    first_talk(laptop, here, album)
    steps_are_chosen(laptop, phone, here, album)
    at_home_without_a_network(phone, tmp_path, album)
    letter_arrives(laptop, here, album)
    before_the_second_talk(laptop, here, album)
    second_talk(laptop, album)
    what_both_say(phone, laptop, here, album)
    who_looked(phone, album)
    figures(new_context, album)
    assert not [title for title in album.titles if NAME in title or "schuld" in title], "a history is read by others"
    album.close()


def at_a_desk(new_context: NewContext, username: str) -> Page:
    """Return the page of somebody of the staff, on a laptop."""

    def wide(**options: object) -> BrowserContext:
        return new_context(**LAPTOP, **options)

    return staff_page(wide, username, "light")


def call_comes_in(laptop: Page, album: Album) -> str:
    """A minute on the phone: a name, a safe way to reach, one question. Return the client's address."""
    laptop.goto("/caseload/")
    laptop.get_by_role("link", name="Nieuwe cliënt aan de telefoon").click()
    laptop.get_by_label("Hoe mogen wij u noemen?").fill(NAME)
    laptop.get_by_label("Hoe kunnen wij u veilig bereiken?").fill("Bellen na 16 uur, geen voicemail")
    laptop.get_by_label("De vraag, in één zin").fill("Een zak met brieven die ik niet durf te openen")
    laptop.get_by_text("Het team: op de wachtlijst").click()
    album.look(laptop, "mieke-a-call-comes-in")
    laptop.get_by_role("button", name="Bewaren", exact=True).click()
    expect(laptop.get_by_role("heading", name=NAME)).to_be_visible()
    expect(laptop.get_by_role("main")).to_contain_text("Bellen na 16 uur, geen voicemail")
    album.look(laptop, "mieke-a-new-file")
    return laptop.url.partition("?")[0]


def card_is_handed_over(laptop: Page, new_context: NewContext, album: Album) -> Page:
    """A neutral card and a PIN: with both, the phone is in, and tells what waiting means. Return the phone's page."""
    laptop.get_by_role("button", name="Een nieuwe kaart maken").click()
    card = laptop.locator(".paper-card").first
    expect(card).not_to_contain_text(NAME)
    expect(card).not_to_contain_text(laptop.locator("[data-pin]").inner_text())
    album.look(laptop, "mieke-a-card")
    code, pin = laptop.locator("p.code").inner_text().replace(" ", ""), laptop.locator("[data-pin]").inner_text()
    phone = new_context().new_page()
    phone.goto(f"/card#{code}")
    phone.keyboard.type(pin)
    phone.get_by_label("Ja, alleen ik gebruik het toestel").check()
    album.look(phone, "soraya-logs-in")
    phone.get_by_role("button", name="Inloggen", exact=True).click()
    expect(phone.get_by_role("heading", name=f"Dag {NAME}")).to_be_visible()
    assert code not in phone.url
    waits = phone.locator("section", has=phone.get_by_role("heading", name="U staat op de lijst"))
    for words in ("Sinds", "weken", "Gaat het slechter?"):
        expect(waits).to_contain_text(words)
    album.look(phone, "soraya-waits")
    return phone


def wait_is_over(laptop: Page, phone: Page, here: str, album: Album) -> None:
    """Mieke takes her on and plans the first talk: both stand on the phone at once."""
    laptop.goto("/caseload/waiting")
    album.look(laptop, "mieke-who-waits")
    laptop.goto(here)
    laptop.get_by_role("button", name="Ik neem dit op").click()
    expect(laptop.get_by_role("heading", name=NAME)).to_contain_text("Intake")
    expect(laptop.get_by_role("button", name="Ik neem dit op")).to_have_count(0)
    laptop.goto(f"{here}/talks")
    laptop.get_by_label("Dag", exact=True).last.fill(TOMORROW)
    laptop.get_by_label("Uur", exact=True).last.fill("14:00")
    laptop.get_by_role("button", name="Dit gesprek plannen").click()
    expect(laptop.get_by_text("Het gesprek is gepland.")).to_be_visible()
    album.look(laptop, "mieke-plans-the-first-talk")
    phone.reload()
    expect(phone.get_by_role("heading", name="U staat op de lijst")).to_have_count(0)
    expect(phone.get_by_role("heading", name="Uw volgende gesprek")).to_be_visible()
    expect(phone.get_by_text("Mieke werkt op")).to_be_visible()
    album.look(phone, "soraya-a-talk-is-planned")


def how_to_work_together(phone: Page, laptop: Page, here: str, album: Album) -> None:
    """Each writes a line on one sheet; what she says there stands where somebody is about to call."""
    phone.get_by_role("link", name="Zo werken wij samen").click()
    phone.get_by_label("Bellen", exact=True).check()
    phone.get_by_label("Niet na").fill("17:00")
    phone.get_by_role("button", name="Dit blad bewaren").click()
    expect(phone.get_by_text("Afgesproken op")).to_be_visible()
    laptop.goto(f"{here}/together")
    expect(laptop.get_by_label("Niet na")).to_have_value("17:00")
    laptop.get_by_label("Wat blijft op papier?").fill("De brieven van de deurwaarder")
    laptop.get_by_role("button", name="Dit blad bewaren").click()
    expect(laptop.get_by_text("samen met Mieke").first).to_be_attached()
    album.look(laptop, "mieke-how-we-work-together")
    phone.reload()
    expect(phone.get_by_label("Wat blijft op papier?")).to_have_value("De brieven van de deurwaarder")
    expect(phone.get_by_label("Niet na")).to_have_value("17:00")
    album.look(phone, "soraya-how-we-work-together")
    laptop.goto(here)
    expect(laptop.get_by_text("niet bellen na 17 uur")).to_be_visible()


def first_talk(laptop: Page, here: str, album: Album) -> None:
    """Nothing happened yet, so there is little to read; what Mieke promises is kept for the next time."""
    laptop.goto(f"{here}/before")
    album.look(laptop, "mieke-before-the-first-talk")
    laptop.get_by_role("button", name="Start gesprek").click()
    laptop.get_by_label("Mieke zal, regel 1").fill("Fluvius bellen over spreiding")
    laptop.locator("#minutes").fill("45")
    laptop.locator("#next-day").fill(NEXT_WEEK)
    laptop.locator("#next-time").fill("10:30")
    album.look(laptop, "mieke-the-first-talk")
    laptop.get_by_role("button", name="Gesprek afronden").click()
    expect(laptop.get_by_label("Tekst")).to_be_visible()


def steps_are_chosen(laptop: Page, phone: Page, here: str, album: Album) -> None:
    """Three steps, chosen side by side, stand first on the phone."""
    laptop.goto(f"{here}/path")
    agree_on(laptop, *STEPS, word="Begin klein. De rest doen we samen.")
    album.look(laptop, "mieke-the-path")
    phone.goto("/my/")
    expect(phone.get_by_text("Begin klein. De rest doen we samen.")).to_be_visible()
    expect(phone.locator(".first .headline")).to_have_text(STEPS[0])
    album.look(phone, "soraya-what-was-agreed")


def letter_arrives(laptop: Page, here: str, album: Album) -> None:
    """One picture, chosen by her; nothing of what she filled in beside it."""
    laptop.goto(f"{here}/path")
    for words, count in (("Klaar", 2), ("Bespreken", 1)):
        expect(laptop.locator(".path .state").filter(has_text=words)).to_have_count(count)
    expect(laptop.get_by_role("main")).not_to_contain_text("KANARIE")
    laptop.goto(here)
    letters = laptop.get_by_role("link", name="Foto: De brieven van de stapel Nu")
    expect(letters).to_have_count(1)
    album.look(laptop, "mieke-something-new")
    letters.click()
    expect(laptop.locator(".sent-picture")).to_be_visible()
    expect(laptop.get_by_role("main")).not_to_contain_text("Fluvius")
    album.look(laptop, "mieke-the-letter")


def before_the_second_talk(laptop: Page, here: str, album: Album) -> None:
    """Less than a minute of reading: what is done and what is not; nothing that she kept to herself."""
    laptop.goto("/caseload/")
    album.look(laptop, "mieke-who-needs-attention")
    laptop.goto(f"{here}/before")
    told = laptop.get_by_role("main")
    for words in ("Lukt nog niet", STEPS[1], "Durft niet te beginnen", STEPS[0], "Fluvius bellen over spreiding"):
        expect(told).to_contain_text(words)
    expect(told.get_by_role("link", name=f"Foto: {STEPS[2]}")).to_have_count(1)
    expect(told).not_to_contain_text("KANARIE")
    album.look(laptop, "mieke-before-the-second-talk")


def second_talk(laptop: Page, album: Album) -> None:
    """What did not work out goes somewhere, and a promise of Mieke's own is kept."""
    laptop.get_by_role("button", name="Start gesprek").click()
    laptop.get_by_role("group", name="Mieke: Fluvius bellen").get_by_label("Klaar").check()
    stuck = laptop.get_by_role("group", name=STEPS[1])
    stuck.get_by_label("Samen doen op een dag").check()
    stuck.get_by_label("Op welke dag").fill(NEXT_WEEK)
    laptop.get_by_label(f"{NAME} zal, regel 1").fill("De zak met brieven meebrengen")
    laptop.locator("#minutes").fill("50")
    laptop.locator("#next-day").fill(NEXT_WEEK)
    laptop.locator("#next-time").fill("11:00")
    album.look(laptop, "mieke-the-second-talk")
    laptop.get_by_role("button", name="Gesprek afronden").click()
    expect(laptop.get_by_label("Tekst")).to_contain_text("Samen doen op")
    expect(laptop.get_by_label("Tekst")).not_to_contain_text("KANARIE")
    laptop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    laptop.get_by_role("button", name="Kopieer").click()
    expect(laptop.get_by_text("Gekopieerd.")).to_be_visible()
    copied: str = laptop.evaluate("navigator.clipboard.readText()")
    assert "50 minuten, met Mieke" in copied
    assert f"{STEPS[1]}: Samen doen op" in copied
    assert "Volgende afspraak: nog niet gepland" not in copied
    album.look(laptop, "mieke-the-summary")


def what_both_say(phone: Page, laptop: Page, here: str, album: Album) -> None:
    """Her own account is hers: Mieke reads it when she shares it, and not before."""
    phone.goto("/my/")
    expect(phone.get_by_text("Samen doen op")).to_be_visible()
    expect(phone.locator(".first .headline")).not_to_have_text(STEPS[1])
    album.look(phone, "soraya-after-the-talk")
    phone.goto("/my/talk")
    for words in ("Samen doen op", "De zak met brieven meebrengen"):
        expect(phone.locator("#promises")).to_contain_text(words)
    album.look(phone, "soraya-the-next-talk")
    phone.goto("/my/")
    phone.get_by_role("link", name="Iets opschrijven").first.click()
    phone.get_by_label("Wat neemt u mee?").fill(OWN_WORDS)
    phone.get_by_label("Wat ziet u anders?").fill("Eerst bellen, dan pas openen.")
    expect(phone.get_by_label("Alleen ik")).to_be_checked()
    phone.get_by_role("button", name="Dit bewaren").click()
    expect(phone.get_by_role("status").filter(has_text="Bewaard")).to_be_visible()
    album.look(phone, "soraya-what-i-take-along")
    laptop.get_by_role("link", name="Wat beiden zeggen").click()
    expect(laptop.get_by_role("main")).not_to_contain_text(OWN_WORDS)
    phone.get_by_label("Ook Mieke").check()
    phone.get_by_role("button", name="Dit bewaren").click()
    expect(phone.get_by_text("Alleen u kunt dit lezen")).to_have_count(0)
    laptop.reload()
    expect(laptop.get_by_role("main")).to_contain_text(OWN_WORDS)
    expect(laptop.get_by_role("textbox", name="Wat neemt u mee?")).to_have_count(0)
    album.look(laptop, "mieke-two-accounts")


def who_looked(phone: Page, album: Album) -> None:
    """One sentence for each look, and one button."""
    phone.goto("/my/who-looked")
    line = (
        phone.get_by_role("listitem")
        .filter(has_text="Mieke (maatschappelijk werker) keek naar het blad Voor het gesprek")
        .first
    )
    expect(line).to_be_visible()
    expect(line.get_by_role("link", name="Dit klopte niet")).to_be_visible()
    album.look(phone, "soraya-who-looked")


def figures(new_context: NewContext, album: Album) -> None:
    """What the pilot counts: people and goals, never a worker."""
    leader = at_a_desk(new_context, "coordinator")
    leader.goto("/organisation/pilot")
    expect(leader.get_by_role("progressbar")).to_have_count(3)
    expect(leader.get_by_role("main")).not_to_contain_text(NAME)
    expect(leader.get_by_role("main")).not_to_contain_text("Mieke")
    album.look(leader, "hilde-the-pilot")
