"""The journey without JavaScript: one plain form, one POST, and kind answers to whatever is sent."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

ALL_LONELY = {"q1": "3", "q2": "1", "q3": "1", "q4": "1", "q5": "3", "q6": "3"}


def post(client: FlaskClient, slug: str, fields: Any, query: str = "") -> tuple[int, str]:
    response = client.post(f"/self-tests/{slug}{query}", data=fields)
    return response.status_code, response.get_data(as_text=True)


def test_the_form_asks_every_question_with_its_literal_words(client: FlaskClient) -> None:
    page = client.get("/self-tests/djg6").get_data(as_text=True)
    assert len(re.findall(r'<fieldset class="item" id="q\d"', page)) == 6
    assert page.count('type="radio"') == 18
    assert "checked" not in page


def test_a_whole_form_is_scored_and_says_what_it_says(client: FlaskClient) -> None:
    status, page = post(client, "djg6", ALL_LONELY)
    assert status == 200
    assert 'data-scale="total" data-score="6" data-band="severe"' in page
    assert 'data-scale="emotional" data-score="3"' in page
    assert page.index('class="headline"') < page.index('class="score-sentence"')
    assert "Het is geen diagnose." in page
    assert "hidden data-when" not in page
    assert "data-help" not in page


def test_the_answer_to_a_post_is_kept_by_nobody(client: FlaskClient) -> None:
    response = client.post("/self-tests/djg6", data=ALL_LONELY)
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_open_questions_come_back_named_linked_and_with_the_other_answers_kept(client: FlaskClient) -> None:
    status, page = post(client, "djg6", {"q1": "3", "q3": "1"})
    assert status == 400
    assert 'href="#q2"' in page
    assert "Vraag 2 heeft nog geen antwoord." in page
    assert 'href="#q1"' not in page
    assert re.findall(r'name="(q\d)" value="(\d)" checked', page) == [("q1", "3"), ("q3", "1")]
    assert 'name="partial"' in page


def test_somebody_may_go_on_without_the_open_answers(client: FlaskClient) -> None:
    fields = {key: value for key, value in ALL_LONELY.items() if key != "q1"}
    status, page = post(client, "djg6", {**fields, "partial": "1"})
    assert status == 200
    assert 'data-scale="total" data-score="5" data-band="severe"' in page
    assert 'data-scale="emotional" data-score="" data-band=""' in page
    two_open = {key: value for key, value in fields.items() if key != "q2"}
    status, page = post(client, "djg6", {**two_open, "partial": "1"})
    assert status == 200
    assert 'data-scale="total" data-score="" data-band=""' in page


BAD = {
    "nothing at all": {},
    "only the wish to go on": {"partial": "1"},
    "an extra field": {**ALL_LONELY, "q7": "1"},
    "an unknown field": {**ALL_LONELY, "score": "0"},
    "a duplicate": MultiDict([*ALL_LONELY.items(), ("q1", "1")]),
    "out of range": {**ALL_LONELY, "q2": "4"},
    "negative": {**ALL_LONELY, "q2": "-1"},
    "a float": {**ALL_LONELY, "q2": "1.0"},
    "a word": {**ALL_LONELY, "q2": "ja"},
    "empty": {**ALL_LONELY, "q2": ""},
    "a huge number": {**ALL_LONELY, "q2": "1" * 5000},
    "markup": {**ALL_LONELY, "q2": "<script>alert(1)</script>"},
    "a null byte": {**ALL_LONELY, "q2": "\x00"},
    "other digits": {**ALL_LONELY, "q2": "٢"},
    "unclear where it is not offered": {**ALL_LONELY, "q2": "unclear"},
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_post_gets_a_kind_page_and_keeps_the_good_answers(client: FlaskClient, name: str) -> None:
    status, page = post(client, "djg6", BAD[name])
    assert status == 400
    assert 'id="errors"' in page
    assert "<script>alert" not in page
    good = {key: value for key, value in dict(BAD[name]).items() if key in {"q3", "q4", "q5", "q6"}}
    for key, value in good.items():
        assert f'name="{key}" value="{value}" checked' in page
    assert 'href="tel:112"' in page


def test_ten_thousand_fields_and_ten_megabytes_are_too_much(client: FlaskClient) -> None:
    status, page = post(client, "djg6", {f"x{number}": "1" for number in range(10_000)})
    assert status == 413
    assert "tel:112" in page
    status, page = post(client, "djg6", {"q1": "1" * 10_000_000})
    assert status == 413
    assert "Dat was te veel in één keer" in page


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "application/xml", "multipart/form-data"])
def test_a_body_of_another_kind_is_a_bad_form_not_a_fault(client: FlaskClient, content_type: str) -> None:
    response = client.post("/self-tests/djg6", data=b'{"q1": [[[', content_type=content_type)
    assert response.status_code == 400


def test_every_instrument_can_be_posted_in_every_variant(client: FlaskClient, instruments: dict[str, Any]) -> None:
    for slug, instrument in instruments.items():
        fields = {item.id: str(item.highest) for item in instrument.specification.items}
        for query in ("", "?lang=en", "?young=1", "?lang=en&young=1"):
            status, page = post(client, slug, fields, query)
            assert status == 200, slug
            for scale in instrument.specification.scales:
                if scale.shown != "hidden":
                    found = re.search(rf'data-scale="{scale.id}" data-score="([^"]+)"', page)
                    assert found, (slug, scale.id)


@pytest.mark.parametrize("query", ["", "?lang=en", "?young=1"])
@pytest.mark.parametrize("answer", ["1", "2", "3"])
def test_a_risk_answer_brings_help_above_any_score(client: FlaskClient, answer: str, query: str) -> None:
    fields = {f"q{number}": "0" for number in range(1, 9)} | {"q9": answer}
    status, page = post(client, "phq9", fields, query)
    assert status == 200
    assert page.index("data-help") < page.index("data-score")
    assert 'href="tel:1813"' in page[page.index("data-help") :]
    assert not re.search(r"hoog risico|high risk|risiconiveau|risk level|alarm", page, re.IGNORECASE)


def test_an_unanswered_safety_item_is_unknown_and_says_so(client: FlaskClient) -> None:
    fields = {f"q{number}": "0" for number in range(1, 9)} | {"partial": "1"}
    status, page = post(client, "phq9", fields)
    assert status == 200
    assert "data-help" not in page
    assert "Een van de vragen die u openliet, gaat over uw veiligheid. Denkt u aan zelfdoding?" in page


def test_a_risk_answer_brings_help_also_when_the_rest_is_left_open(client: FlaskClient) -> None:
    status, page = post(client, "phq9", {"q9": "1", "partial": "1"})
    assert status == 200
    assert page.index("data-help") < page.index("data-scale")
    assert 'data-scale="total" data-score=""' in page


def test_no_risk_answer_no_help_block(client: FlaskClient) -> None:
    _, page = post(client, "phq9", {f"q{number}": "0" for number in range(1, 10)})
    assert "data-help" not in page
    assert 'href="tel:1813"' in page


def test_someone_young_sees_no_adult_norms(client: FlaskClient) -> None:
    _, page = post(client, "djg6", ALL_LONELY, "?young=1")
    assert 'data-score="6" data-band=""' in page
    assert "sterk eenzaam" not in page.lower().replace("heel sterk eenzaam", "")
    assert "volwassenen" in page


def test_an_instrument_without_checked_wording_shows_no_invented_questions(client: FlaskClient) -> None:
    page = client.get("/self-tests/edizplus").get_data(as_text=True)
    assert "Wij verzinnen ze niet." in page
    assert 'type="radio"' not in page
    assert "/self-tests/edizplus" not in client.get("/self-tests/").get_data(as_text=True)
    status, page = post(client, "edizplus", {"q1": "1"})
    assert status == 400
    assert "Wij verzinnen ze niet." in page


def test_a_skipped_question_is_no_open_question(client: FlaskClient) -> None:
    status, page = post(client, "audit", {"q1": "0", "q9": "0", "q10": "0"})
    assert status == 200
    assert 'data-scale="total" data-score="0" data-band="I"' in page


def test_not_understanding_a_question_is_an_answer(client: FlaskClient) -> None:
    fields = {f"q{number}": "3" for number in range(1, 21)} | {"q1": "unclear"}
    status, page = post(client, "iss20", fields)
    assert status == 200
    assert 'data-scale="operational" data-score="3,00"' in page


def test_the_specification_is_served_as_json(client: FlaskClient) -> None:
    found = client.get("/self-tests/phq9.json")
    assert found.mimetype == "application/json"
    assert found.json["slug"] == "phq9"
    assert [item["id"] for item in found.json["items"]] == [f"q{number}" for number in range(1, 10)]
    assert found.json["safety"] == [{"item": "q9", "at_least": 1, "flag": "alert_item9"}]


def test_the_passport_shows_how_sure_we_are_and_the_remark_to_staff(client: FlaskClient) -> None:
    page = client.get("/self-tests/djg6/passport").get_data(as_text=True)
    assert "Opmerking voor hulpverleners" in page
    assert "djg6@" in page
    assert "doi.org" in page
