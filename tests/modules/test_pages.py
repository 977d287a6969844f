"""Anybody may look in at a training; what is filled in there goes nowhere."""

from datetime import date

from flask import Flask
from flask.testing import FlaskClient

from selfhelp.modules.presentation import MARKDOWN
from selfhelp.modules.service import Trainings


def trainings_of(app: Flask, host: str) -> Trainings:
    found: Trainings = app.extensions["selfhelp.find_site"](host).part(Trainings)
    return found


def test_every_step_has_a_page_that_sends_nothing(app: Flask, client: FlaskClient) -> None:
    trainings = trainings_of(app, "localhost")
    for key, module in trainings.modules.items():
        for step in module.steps_in("be-vl"):
            page = client.get(f"/trainings/{key}/{step.key}")
            text = page.get_data(as_text=True)
            assert page.status_code == 200
            assert "<form" not in text
            for exercise in step.exercises:
                assert f'name="{exercise.id}' in text or exercise.kind == "photo", (key, step.key, exercise.id)


def test_a_step_of_another_country_is_not_here(client: FlaskClient) -> None:
    dutch = {"Host": "anker.localhost"}
    assert client.get("/trainings/administratie-op-orde/b1-be").status_code == 200
    assert client.get("/trainings/administratie-op-orde/b1-nl").status_code == 404
    assert client.get("/trainings/administratie-op-orde/b1-nl", headers=dutch).status_code == 200
    assert client.get("/trainings/administratie-op-orde/b1-be", headers=dutch).status_code == 404


def test_the_register_and_the_language_follow_the_address(client: FlaskClient) -> None:
    formal = client.get("/trainings/administratie-op-orde/a1").get_data(as_text=True)
    informal = client.get("/trainings/administratie-op-orde/a1?young=1").get_data(as_text=True)
    english = client.get("/trainings/administratie-op-orde/a1?lang=en").get_data(as_text=True)
    assert "Waar komt uw post voortaan?" in formal
    assert "Waar komt je post voortaan?" in informal
    assert "All your post" in english or "Your post" in english or "post" in english
    assert "Waar komt" not in english


def test_markdown_lets_no_script_image_or_foreign_address_through() -> None:
    for sample in (
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](http://evil.example/x.png)",
        "[x](javascript:alert(1))",
        "[x](data:text/html,1)",
        "[x](//evil.example)",
        "[x](http://evil.example)",
    ):
        html = MARKDOWN.render(sample)
        for word in ("<script", "<img", "<a "):
            assert word not in html, html
    assert '<a href="https://www.digid.nl">' in MARKDOWN.render("[DigiD](https://www.digid.nl)")
    assert "<a " not in MARKDOWN.render("[x](/my/)")


def test_a_heavy_step_leads_to_help_in_the_language_of_the_reader(app: Flask) -> None:
    client = app.test_client()
    for query, address in (("", "/help-now"), ("?lang=en&young=1", "/help-now?lang=en&amp;young=1")):
        page = client.get(f"/trainings/piekeren-en-slapen/a2{query}").get_data(as_text=True)
        assert f'<a href="{address}">' in page[page.index("<main") : page.index("</main")], query


def test_no_fact_on_a_page_has_been_checked_yet_so_none_shows_a_number(app: Flask) -> None:
    trainings = trainings_of(app, "localhost")
    unchecked = [fact for fact in trainings.facts.values() if fact.verified_on is None]
    assert unchecked
    for fact in unchecked:
        assert fact.words(date(2026, 11, 24)) == fact.careful
