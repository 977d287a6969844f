"""Between two talks, on a phone without a network: what is done, what does not work out yet, and a picture of a letter."""

import json
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, Request, expect

from tests.journeys.pictures import Album
from tests.journeys.steps import wait_for_worker

TRAINING = "/my/trainings/administratie-op-orde"
PRIVATE = "KANARIE in de blauwe doos"


def at_home_without_a_network(phone: Page, folder: Path, album: Album) -> None:
    """Two steps done, a picture of a letter, one that does not work out yet; back online all of it is sent, once."""
    phone.goto(TRAINING)
    wait_for_worker(phone, "/trainings/", *(f"/trainings/administratie-op-orde/{key}" for key in ("a1", "a2", "b2", "c3")))
    sent: list[Request] = []
    phone.context.on("request", lambda request: request.method == "POST" and sent.append(request))
    phone.context.set_offline(True)
    open_step(phone, "a1")
    phone.get_by_label("Waar komt uw post voortaan?").fill(PRIVATE)
    album.look(phone, "soraya-a-step-offline")
    phone.get_by_role("button", name="Klaar", exact=True).click()
    send_a_letter(phone, folder, album)
    say_that_it_does_not_work_out(phone, album)
    expect(phone.get_by_text("Er is iets nog niet verstuurd")).to_be_visible()
    expect(phone.locator('[data-step="a2"] .state')).to_have_text("Bespreken")
    expect(phone.locator(".card .state")).to_have_count(0)
    album.look(phone, "soraya-not-sent-yet")
    phone.context.set_offline(False)
    with phone.expect_response(lambda answer: "/photo/" in answer.url):
        phone.goto("/my/")
    expect(phone.get_by_text("Er is iets nog niet verstuurd")).to_be_hidden()
    expect(phone.get_by_role("heading", name="Bespreken met Mieke")).to_be_visible()
    album.look(phone, "soraya-everything-is-sent")
    arrived = [each for each in sent if each.response()]
    # By id: a page that was left while its answer came is asked again by the next one, and counts once.
    changes = {(each.url.split("/")[-2], json.loads(each.post_data or "")["id"]) for each in arrived if "/work" in each.url}
    assert sorted(step for step, _id in changes) == ["a1", "a2", "b2"], "each step once"
    assert len([each for each in arrived if "/photo/" in each.url]) == 1, "the letter once"


def open_step(phone: Page, key: str) -> None:
    expect(phone).to_have_url(re.compile(rf"{TRAINING}$"))
    phone.locator(f'[data-step="{key}"] a').last.click()


def send_a_letter(phone: Page, folder: Path, album: Album) -> None:
    letter = folder / "brief.jpg"
    Image.new("RGB", (1600, 1200), (200, 180, 120)).save(letter)
    open_step(phone, "b2")
    phone.locator('[name="letters-0-who"]').fill("Fluvius")
    phone.locator("input[type=file]").set_input_files(letter)
    expect(phone.locator('[data-photo-says="kept"]')).to_be_visible()
    phone.get_by_role("button", name="Sturen naar wie mij helpt").click()
    expect(phone.locator('[data-photo-says="waiting"]')).to_be_visible()
    album.look(phone, "soraya-a-letter-offline")
    phone.get_by_role("button", name="Klaar", exact=True).click()


def say_that_it_does_not_work_out(phone: Page, album: Album) -> None:
    open_step(phone, "a2")
    phone.get_by_role("button", name="Het lukt nog niet").click()
    phone.get_by_label("Ik durf de brieven niet te openen").check()
    album.look(phone, "soraya-it-does-not-work-out-yet")
    phone.get_by_role("button", name="Dit bespreken").click()
