"""The demonstration of a quarter of an hour, from the phone call to the figures of the pilot: one laptop, one phone.

Every page is kept as a picture in `test-output/story`, in the order in which it was seen, to be looked at.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect

from tests.journeys.conftest import NewContext
from tests.journeys.pictures import Album
from tests.journeys.steps import wait_for_worker
from tests.journeys.test_agreed import agree_on
from tests.journeys.test_own_pages import staff_page
from tests.journeys.test_working_offline import sent_by

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NAME = "Soraya"
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
TRAINING = "/my/trainings/administratie-op-orde"
STEPS = ("Alle post op één plek", "Tien enveloppen, open of dicht", "De brieven van de stapel Nu")
PRIVATE = "KANARIE in de blauwe doos"
OWN_WORDS = "Ik ben niet alleen met die stapel."
TOMORROW, NEXT_WEEK = (str(date.today() + timedelta(days=days)) for days in (1, 8))  # noqa: DTZ011  # as the browser says it


def test_from_the_phone_call_to_the_pilot(new_context: NewContext, tmp_path: Path) -> None:
    album = Album("story")
    laptop = staff_page(new_context, "counsellor1", "light")
    laptop.set_viewport_size(LAPTOP)
    here = call_comes_in(laptop, album)
    phone = card_is_handed_over(laptop, new_context, album)
    how_to_work_together(phone, laptop, here, album)
    first_talk(laptop, here, album)
    steps_are_chosen(laptop, phone, here, album)
    at_home_without_a_network(phone, tmp_path, album)
    before_the_second_talk(laptop, here, album)
    second_talk(laptop, album)
    what_both_say(phone, laptop, here, album)
    who_looked(phone, album)
    figures(new_context, album)
    album.close()


def call_comes_in(laptop: Page, album: Album) -> str:
    """A minute on the phone: a name, a safe way to reach, one question, and a first talk. Return the client's address."""
    laptop.goto("/caseload/new")
    laptop.get_by_label("Hoe mogen wij u noemen?").fill(NAME)
    laptop.get_by_label("Hoe kunnen wij u veilig bereiken?").fill("Bellen na 16 uur, geen voicemail")
    laptop.get_by_label("De vraag, in één zin").fill("Een zak met brieven die ik niet durf te openen")
    laptop.get_by_text("Meteen een eerste gesprek plannen").click()
    laptop.get_by_label("Dag", exact=True).fill(TOMORROW)
    laptop.get_by_label("Uur", exact=True).fill("14:00")
    album.look(laptop, "mieke-a-call-comes-in")
    laptop.get_by_role("button", name="Bewaren", exact=True).click()
    expect(laptop.get_by_role("heading", name=NAME)).to_be_visible()
    album.look(laptop, "mieke-a-new-file")
    return laptop.url.partition("?")[0]


def card_is_handed_over(laptop: Page, new_context: NewContext, album: Album) -> Page:
    """A neutral card and a PIN: with both, the phone is in. Return the phone's page."""
    laptop.get_by_role("button", name="Een nieuwe kaart maken").click()
    album.look(laptop, "mieke-a-card")
    code, pin = laptop.locator("p.code").inner_text().replace(" ", ""), laptop.locator("[data-pin]").inner_text()
    phone = new_context().new_page()
    phone.goto(f"/card#{code}")
    phone.keyboard.type(pin)
    phone.get_by_label("Ja, alleen ik gebruik het toestel").check()
    album.look(phone, "soraya-logs-in")
    phone.get_by_role("button", name="Inloggen", exact=True).click()
    expect(phone.get_by_role("heading", name=f"Dag {NAME}")).to_be_visible()
    expect(phone.get_by_role("heading", name="Uw volgende gesprek")).to_be_visible()
    expect(phone.get_by_role("heading", name="U staat op de lijst")).to_have_count(0)
    album.look(phone, "soraya-home")
    return phone


def how_to_work_together(phone: Page, laptop: Page, here: str, album: Album) -> None:
    """Both look at one sheet; what she says there stands where somebody is about to call."""
    phone.get_by_role("link", name="Zo werken wij samen").click()
    phone.get_by_label("Bellen", exact=True).check()
    phone.get_by_label("Niet na").fill("17:00")
    phone.get_by_role("button", name="Dit blad bewaren").click()
    expect(phone.get_by_text("Afgesproken op")).to_be_visible()
    album.look(phone, "soraya-how-we-work-together")
    laptop.goto(f"{here}/together")
    expect(laptop.get_by_label("Niet na")).to_have_value("17:00")
    album.look(laptop, "mieke-how-we-work-together")
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


def at_home_without_a_network(phone: Page, folder: Path, album: Album) -> None:
    """Two steps done, a picture of a letter, one that does not work out yet; back online all of it is sent, once."""
    letter = folder / "brief.jpg"
    Image.new("RGB", (1600, 1200), (200, 180, 120)).save(letter)
    phone.goto(TRAINING)
    wait_for_worker(phone, "/trainings/administratie-op-orde/c3", "/trainings/")
    sent = sent_by(phone.context)
    phone.context.set_offline(True)
    phone.locator('[data-step="a1"] a').last.click()
    phone.get_by_label("Waar komt uw post voortaan?").fill(PRIVATE)
    phone.get_by_role("button", name="Klaar", exact=True).click()
    phone.locator('[data-step="b2"] a').last.click()
    phone.locator('[name="letters-0-who"]').fill("Fluvius")
    phone.locator("input[type=file]").set_input_files(letter)
    phone.get_by_role("button", name="Sturen naar wie mij helpt").click()
    expect(phone.locator('[data-photo-says="waiting"]')).to_be_visible()
    album.look(phone, "soraya-a-letter-offline")
    phone.get_by_role("button", name="Klaar", exact=True).click()
    phone.locator('[data-step="a2"] a').last.click()
    phone.get_by_role("button", name="Het lukt nog niet").click()
    phone.get_by_label("Ik durf de brieven niet te openen").check()
    album.look(phone, "soraya-it-does-not-work-out-yet")
    phone.get_by_role("button", name="Dit bespreken").click()
    expect(phone.get_by_text("Er is iets nog niet verstuurd")).to_be_visible()
    album.look(phone, "soraya-not-sent-yet")
    phone.context.set_offline(False)
    with phone.expect_response(lambda answer: "/photo/" in answer.url):
        phone.goto("/my/")
    expect(phone.get_by_text("Er is iets nog niet verstuurd")).to_be_hidden()
    expect(phone.get_by_role("heading", name="Bespreken met Mieke")).to_be_visible()
    album.look(phone, "soraya-everything-is-sent")
    answered = {each.url.split("/")[-2] for each in sent if each.response()}
    assert answered == {"a1", "a2", "b2"}


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
    laptop.locator("#minutes").fill("50")
    album.look(laptop, "mieke-the-second-talk")
    laptop.get_by_role("button", name="Gesprek afronden").click()
    expect(laptop.get_by_label("Tekst")).to_contain_text("Samen doen op")
    expect(laptop.get_by_label("Tekst")).not_to_contain_text("KANARIE")
    laptop.get_by_role("button", name="Kopieer").click()
    expect(laptop.get_by_text("Gekopieerd.")).to_be_visible()
    album.look(laptop, "mieke-the-summary")


def what_both_say(phone: Page, laptop: Page, here: str, album: Album) -> None:
    """Her own account is hers: Mieke reads it when she shares it, and not before."""
    phone.goto("/my/")
    expect(phone.get_by_text("Samen doen op")).to_be_visible()
    expect(phone.locator(".first .headline")).not_to_have_text(STEPS[1])
    album.look(phone, "soraya-after-the-talk")
    phone.get_by_role("link", name="Iets opschrijven").first.click()
    phone.get_by_label("Wat neemt u mee?").fill(OWN_WORDS)
    phone.get_by_label("Wat ziet u anders?").fill("Eerst bellen, dan pas openen.")
    phone.get_by_role("button", name="Dit bewaren").click()
    expect(phone.get_by_role("status").filter(has_text="Bewaard")).to_be_visible()
    album.look(phone, "soraya-what-i-take-along")
    laptop.get_by_role("link", name="Wat beiden zeggen").click()
    expect(laptop.get_by_role("main")).not_to_contain_text(OWN_WORDS)
    phone.get_by_label("Ook Mieke, en wie mij daarna helpt").check()
    phone.get_by_role("button", name="Dit bewaren").click()
    expect(phone.get_by_text("Alleen u kunt dit lezen.")).to_have_count(0)
    laptop.reload()
    expect(laptop.get_by_role("main")).to_contain_text(OWN_WORDS)
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
    leader = staff_page(new_context, "coordinator", "light")
    leader.set_viewport_size(LAPTOP)
    leader.goto("/organisation/pilot")
    expect(leader.get_by_role("main")).to_contain_text("Doelen")
    expect(leader.get_by_role("main")).not_to_contain_text(NAME)
    expect(leader.get_by_role("main")).not_to_contain_text("Mieke")
    album.look(leader, "hilde-the-pilot")
