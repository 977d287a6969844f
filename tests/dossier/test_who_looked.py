"""*Wie keek in mijn map*: sentences that say what, also of cards and new devices, by period, the same of a day in one."""

import re
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from selfhelp.accounts.models import Account
from selfhelp.care.access_log import append
from selfhelp.care.domain import Event
from selfhelp.core.edge import Edge
from tests.browser import give_password, logged_in, send
from tests.care.test_access_log import actor_of, client_row
from tests.conftest import MovingClock, rows
from tests.dossier.people import BRAM, JEF, YOUSSEF, both

LOOKED = "/my/who-looked"
ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"


def text(client: FlaskClient, path: str = LOOKED) -> str:
    return client.get(path).get_data(as_text=True)


def sentences(page: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", each).strip() for each in re.findall(r'<li class="line">(.*?)<br>', page, re.DOTALL)]


def card_of(counsellor: FlaskClient, page: str) -> tuple[str, str]:
    shown = send(counsellor, f"{page}/card", page=page).get_data(as_text=True)
    code, pin = re.search(r'<p class="code">([^<]+)<', shown), re.search(r"data-pin>([0-9 ]+)<", shown)
    assert code
    assert pin
    return code[1].replace(" ", ""), pin[1].replace(" ", "")


def with_card(app: Flask, card: tuple[str, str], agent: str = ANDROID) -> FlaskClient:
    browser = app.test_client()
    browser.environ_base["HTTP_USER_AGENT"] = agent
    assert send(browser, "/card", page="/card", card=card[0], pin=card[1], own="1", shared="0").status_code == 303
    return browser


def test_whoever_makes_a_card_and_comes_in_with_it_is_seen_by_the_client(own_app: Flask, moment: MovingClock) -> None:
    _jef, youssef, page = both(own_app, moment)
    impostor = with_card(own_app, card_of(youssef, page))
    assert "maakte Youssef een nieuwe kaart voor u" in text(impostor, "/my/")
    send(impostor, "/my/card-understood", page="/my/")
    assert "een nieuwe kaart voor u" not in text(impostor, "/my/")
    jef = logged_in(own_app, JEF, moment)
    found = sentences(text(jef))
    assert "Youssef (maatschappelijk werker) maakte een nieuwe kaart voor u" in found
    assert "Er werd ingelogd op een nieuw toestel (Chrome, Android)" in found
    assert not [each for each in found if each.startswith("U ")], "what the client did stands apart"
    moment.forward(days=3)
    real = with_card(own_app, card_of(logged_in(own_app, YOUSSEF, moment), page))
    home = text(real, "/my/")
    assert home.count("maakte Youssef een nieuwe kaart voor u") == 2, "the one that the client never had stands there too"
    assert "Was u daar niet bij?" in home


def test_the_news_of_a_card_stays_until_it_is_understood(own_app: Flask, moment: MovingClock) -> None:
    _jef, youssef, page = both(own_app, moment)
    jef = with_card(own_app, card_of(youssef, page))
    for _ in range(2):
        assert 'id="new-card"' in text(jef, "/my/")
    for _ in range(2):
        assert send(jef, "/my/card-understood", page="/my/").status_code == 303
    assert 'id="new-card"' not in text(jef, "/my/")


def test_whoever_makes_an_invitation_and_comes_in_with_it_is_seen_by_the_client(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    shown = send(youssef, f"{page}/invitation", page=page).get_data(as_text=True)
    code = re.search(r"/invite#([a-z0-9]{28})", shown)
    assert code
    impostor = own_app.test_client()
    assert send(impostor, "/invite", page="/invite", code=code[1], own="1", shared="0").status_code == 303
    home = text(jef, "/my/")
    assert "Er is een nieuwe uitnodiging gemaakt" in home
    assert "maakte Youssef een uitnodiging voor u" in home
    assert "Hebt u die uitnodiging niet gekregen?" in home
    assert "die kaart en de pincode" not in home
    assert "Youssef (maatschappelijk werker) maakte een uitnodiging voor u" in sentences(text(jef))
    assert send(jef, "/my/card-understood", page="/my/").status_code == 303
    assert 'id="new-card"' not in text(jef, "/my/")
    moment.forward(days=2)
    card_of(logged_in(own_app, YOUSSEF, moment), page)
    home = text(logged_in(own_app, JEF, moment), "/my/")
    assert "Er is een nieuwe kaart gemaakt" in home
    assert home.index("een nieuwe kaart voor u") < home.index("een uitnodiging voor u"), "the newest first, all of them"


def test_a_log_in_is_a_line_once_for_a_device_and_each_time_where_others_use_it_too(
    own_app: Flask, moment: MovingClock
) -> None:
    browser = own_app.test_client()
    browser.environ_base["HTTP_USER_AGENT"] = ANDROID
    give_password(browser, JEF)
    for _ in range(2):
        send(browser, "/logout", page="/my/")
        give_password(browser, JEF)
    new = "Er werd ingelogd op een nieuw toestel (Chrome, Android)"
    assert text(browser).count(new) == 1
    moment.forward(days=1)
    for _ in range(2):
        shared = own_app.test_client()
        give_password(shared, JEF, shared="1")
    assert "2 keer, 12 uur" in text(shared)
    assert f"{LOOKED}/" in text(shared), "it can be said that this was not right"


def test_whoever_comes_in_without_a_line_gets_no_cookie(own_app: Flask, moment: MovingClock) -> None:
    from sqlalchemy import text as sql

    with own_app.extensions["selfhelp.engines"].writer.begin() as connection:
        connection.execute(sql("alter table access_entry rename to somewhere_else"))
    browser = own_app.test_client()
    assert give_password(browser, JEF).status_code == 503
    assert browser.get_cookie("sid") is None


def test_a_sentence_says_what_was_looked_at_and_keeps_the_function_of_then(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    youssef.get(f"{page}/together")
    with Session(own_app.extensions["selfhelp.engines"].writer) as session:
        session.execute(update(Account).where(Account.username == YOUSSEF).values(function="psycholoog"))
        session.commit()
    youssef.get(page)
    assert sentences(text(jef))[:2] == [
        "Youssef (psycholoog) keek in uw map",
        "Youssef (maatschappelijk werker) keek naar het blad Zo werken wij samen",
    ]


def fill_days(app: Flask, moment: MovingClock, days: int, times: int) -> None:
    """Let Youssef look at the same thing some times on each of some days, the last one today."""
    youssef, row = actor_of(app, YOUSSEF, moment), client_row(app, JEF)
    sealer, now = app.extensions["selfhelp.sealer"], moment()
    with Session(app.extensions["selfhelp.engines"].writer) as session:
        for day in range(days - 1, -1, -1):
            moment.now = now
            moment.forward(days=-day)
            for minute in range(times):
                moment.forward(minutes=minute)
                append(session, sealer, row.id, youssef, Event.READ, what="shared step", edge=Edge(moment()))
        session.commit()
    moment.now = now


def test_the_same_of_one_day_is_one_sentence_and_pages_go_on_where_the_last_one_ended(
    own_app: Flask, moment: MovingClock
) -> None:
    fill_days(own_app, moment, days=130, times=3)
    jef, seen, address = logged_in(own_app, JEF, moment), [], LOOKED
    while True:
        page = text(jef, address)
        seen += re.findall(r"([a-z]+ [0-9]+ [a-z]+), 3 keer tussen", page)
        older = re.search(r'href="(/my/who-looked\?[^"]*before=[0-9]+)">Ouder', page)
        if not older:
            break
        address = older[1].replace("&amp;", "&")
    assert len(seen) == 130
    assert len(set(seen)) == 130
    assert "Naar het nieuwste" in page
    assert page.count("een stap die u deelde") <= 50


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("", 50),
        ("period=month", 24),
        ("period=quarter", 50),
        ("from=2026-11-20", 5),
        ("from=2026-11-20&until=2026-11-21", 2),
        ("until=2026-10-01", 16),
        ("period=whatever", 50),
    ],
)
def test_a_period_leaves_out_what_lies_outside(own_app: Flask, moment: MovingClock, query: str, days: int) -> None:
    fill_days(own_app, moment, days=70, times=1)
    jef = logged_in(own_app, JEF, moment)
    page = text(jef, f"{LOOKED}?{query}")
    found = page.count("een stap die u deelde")
    assert found == days if days < 50 else found >= 49
    older = re.search(r'href="([^"]+before=[^"]+)"', page)
    if older and query != "period=whatever":
        assert query.replace("&", "&amp;") in older[1]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=gisteren", "Schrijf de dag als jaar"),
        ("from=2026-11-02&until=2026-11-01", "De laatste dag ligt voor de eerste"),
    ],
)
def test_a_day_that_cannot_be_read_is_named_and_comes_back(
    own_app: Flask, moment: MovingClock, query: str, words: str
) -> None:
    jef = logged_in(own_app, JEF, moment)
    answer = jef.get(f"{LOOKED}?{query}&all=1")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert words in page
    assert f'value="{query.split("&", maxsplit=1)[0].removeprefix("from=")}"' in page
    assert "U keek naar" in page


def test_a_search_that_shows_a_name_is_a_line_in_that_clients_file_and_in_no_other(
    own_app: Flask, moment: MovingClock
) -> None:
    jef, other = logged_in(own_app, JEF, moment), logged_in(own_app, "client4", moment)
    bram = logged_in(own_app, BRAM, moment)
    send(bram, "/team-files/", page="/team-files/", name="je")
    send(bram, "/team-files/", page="/team-files/", name="niemand")
    assert "Bram (psycholoog) zag uw naam bij het zoeken" in sentences(text(jef))
    assert "zoeken" not in text(other)
    searches = rows(own_app, "select what, client_ids from list_access where what = 'team search'")
    assert sorted(len(str(ids)) for _what, ids in searches) == [0, 36], "one row for each search, as before"
    assert rows(own_app, "select count(*) from access_entry where event = 'search'") == [(1,)]


def test_somebody_new_on_the_phone_is_a_line_and_so_is_whose_name_was_shown_as_alike(
    own_app: Flask, moment: MovingClock
) -> None:
    jef, youssef, _page = both(own_app, moment)
    new = {"name": "Jef", "reach": "bellen", "id": str(uuid4())}
    assert send(youssef, "/caseload/new", page="/caseload/new", **new).status_code == 409
    assert "Youssef (maatschappelijk werker) zag uw naam bij het zoeken" in sentences(text(jef))
    assert send(youssef, "/caseload/new", page="/caseload/new", anyway="1", **new).status_code == 303
    assert rows(own_app, "select what, seq from access_entry where event = 'create' and what like 'file%'") == [
        ("file made", 1)
    ]
