"""*Zo werken wij samen*: versions that stay, consents that stop at once, nothing lost when two write."""

import re
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from selfhelp.care.consent_texts import Consents, ConsentText
from selfhelp.care.models import Consent
from selfhelp.care.sheets import has_consent
from selfhelp.cli import commands
from selfhelp.core.prose import Prose
from tests.browser import logged_in, send
from tests.conftest import MovingClock, environment_of, rows
from tests.dossier.people import JEF, both

SHEET = "/my/together"
SAFE = "Mijn man neemt soms op KANARIE"


def keep(client: FlaskClient, path: str = SHEET, **fields: str) -> TestResponse:
    return send(client, path, page=path, **fields)


def box(client: FlaskClient, purpose: str) -> str:
    """Return what the box of a consent sends: which words stand beside it."""
    found = re.search(rf'name="consent" value="({purpose}[^"]+)"', text(client))
    assert found
    return found[1]


def text(client: FlaskClient, path: str = SHEET) -> str:
    return client.get(path).get_data(as_text=True)


def test_a_sheet_is_kept_shown_again_and_every_version_stays(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    answer = keep(
        jef, base="0", ways="chat", answer="week", call_from="09:00", call_until="17:00", safe=SAFE, if_not="Bellen"
    )
    assert answer.status_code == 303
    page = text(jef)
    assert SAFE in page
    assert 'value="chat" checked' in page
    assert 'value="17:00"' in page
    moment.forward(days=8)
    keep(logged_in(own_app, JEF, moment), base="1", ways="visit", safe="Nu anders")
    page = text(logged_in(own_app, JEF, moment))
    assert "Nu anders" in page
    assert SAFE in page, "the first version stands below"
    assert page.count("door u") == 2


def test_the_same_sheet_again_is_no_new_version(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    for base in ("0", "0", "1"):
        assert keep(jef, base=base, safe=SAFE).status_code == 303
    assert text(jef).count("door u") == 1


def test_together_with_the_counsellor_it_says_so_and_both_see_the_same(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    keep(youssef, f"{page}/together", base="0", paper="De brieven van de rechtbank")
    assert "De brieven van de rechtbank" in text(jef)
    assert "samen met Youssef" in text(jef)


def test_when_somebody_was_faster_nothing_typed_is_lost(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    keep(youssef, f"{page}/together", base="0", paper="van Youssef")
    answer = keep(jef, base="0", paper="van Jef")
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "intussen veranderd" in shown
    assert "van Jef</textarea>" in shown
    assert "van Youssef" in shown
    assert keep(jef, base="1", paper="van Jef").status_code == 303
    assert "van Jef</textarea>" in text(youssef, f"{page}/together")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("call_from", "negen uur", "Schrijf het uur"),
        ("paper", "x" * 1001, "hoogstens 1000 tekens"),
        ("call_until", "08:00", "ligt voor het begin"),
    ],
)
def test_what_cannot_be_read_is_named_and_comes_back(
    own_app: Flask, moment: MovingClock, field: str, value: str, words: str
) -> None:
    jef = logged_in(own_app, JEF, moment)
    answer = keep(jef, **{"base": "0", "safe": SAFE, "call_from": "09:00", field: value})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert words in page
    assert value in page
    assert SAFE in page
    assert "door u" not in text(jef)


def test_boxes_are_never_ticked_and_one_consent_keeps_the_digest_of_its_words(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    page = text(jef)
    assert page.count('name="consent"') == 4
    assert 'notices-sms" checked' not in page
    keep(jef, base="0", consent=box(jef, "notices-sms"))
    found = rows(own_app, "select purpose, version, language, words_digest, stopped_at from consent")
    words = "U mag mij een neutrale sms sturen over een afspraak. Er staat niet in van wie hij komt of waarover het gaat."
    assert found == [("notices-sms", 1, "nl-u", sha256(f"notices-sms|1|nl-u|{words}".encode()).digest(), None)]


def test_stopping_works_at_once_and_stays_readable(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    keep(jef, base="0", consent=box(jef, "notices-mail"))
    assert "✓" in text(jef)
    for _ in range(2):
        assert send(jef, f"{SHEET}/stop/notices-mail", page=SHEET).status_code == 303
    page = text(jef)
    assert "✓" not in page
    assert "gestopt op" in page
    keep(jef, base="0", consent=box(jef, "notices-mail"))
    assert "✓" in text(jef), "starting again is as easy"


@pytest.mark.sqlite_file
def test_what_was_agreed_is_sealed(own_app: Flask, moment: MovingClock, tmp_path: Path) -> None:
    jef = logged_in(own_app, JEF, moment)
    keep(jef, base="0", safe=SAFE, others="OCMW KANARIE")
    assert "KANARIE" in text(jef)
    with sqlite3.connect(tmp_path / "data" / "selfhelp.sqlite") as database:
        database.execute("pragma wal_checkpoint(full)")
    for file in (tmp_path / "data").glob("*.sqlite*"):
        assert b"KANARIE" not in file.read_bytes()


def test_a_box_whose_words_changed_meanwhile_is_asked_again_and_nothing_is_lost(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    answer = keep(jef, base="0", safe=SAFE, consent="notices-sms.1.0123456789abcdef")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "De woorden bij een vakje zijn veranderd" in page
    assert SAFE in page
    assert "✓" not in text(jef)


def test_other_people_named_later_are_not_covered_by_an_earlier_yes(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    keep(jef, base="0", others="mijn zus", consent=box(jef, "talk-with-others"))
    assert "✓" in text(jef)
    keep(youssef, f"{page}/together", base="1", others="mijn zus", paper="x")
    assert "✓" in text(jef), "the same people, the same yes"
    keep(youssef, f"{page}/together", base="2", others="mijn zus en mijn werkgever")
    assert "✓" not in text(jef)


def test_after_keeping_it_says_so_in_the_same_language(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    answer = send(jef, f"{SHEET}?lang=en", page=f"{SHEET}?lang=en", base="0", paper="x")
    assert answer.headers["Location"] == f"{SHEET}?said=kept&lang=en"
    assert "Kept. You can change it" in text(jef, answer.headers["Location"])


def test_a_sheet_that_was_refused_is_no_change_in_the_log(own_app: Flask, moment: MovingClock, tmp_path: Path) -> None:
    jef, youssef, page = both(own_app, moment)
    keep(jef, base="0", paper="van Jef")
    changed = "select count(*) from access_entry where event in ('change', 'failed') and role = 'counsellor'"
    looked = "select count(*) from access_entry where event = 'read' and role = 'counsellor' and what like 'sheet%'"
    before = int(str(rows(own_app, changed)[0][0]))
    send(youssef, f"{page}/together", page=page, base="0", paper="van Youssef")
    send(youssef, f"{page}/together", page=page, base="1", consent="notices-sms.1.0123456789abcdef")
    assert rows(own_app, changed) == [(before,)]
    assert rows(own_app, looked) == [(2,)], "who was refused did read what stands there now"
    send(youssef, f"{page}/together", page=page, base="1", paper="van beiden")
    assert rows(own_app, changed) == [(before + 1,)]
    whole = CliRunner().invoke(commands, ["care", "check-log"], env=environment_of(own_app, tmp_path / "data"))
    assert whole.exit_code == 0, whole.output


SMS = "U mag mij een neutrale sms sturen over een afspraak. Er staat niet in van wie hij komt of waarover het gaat."
NEW = "U mag mij ook een sms sturen over iets nieuws in mijn map."


def ask_in_other_words(app: Flask) -> ConsentText:
    """Let the first demo organisation ask about text messages in other words from now on."""
    parts = app.extensions["selfhelp.find_site"]("localhost").parts
    first, *others = parts[Consents].texts
    words = {"nl": Prose(NEW, NEW), "en": Prose("Newer words.", "Newer words.")}
    newer = ConsentText(first.purpose, first.line, 2, words, first.stopping)
    parts[Consents] = Consents((newer, *others), (first,))
    return newer


def test_a_yes_to_earlier_words_shows_those_words_and_is_none_to_new_ones(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    keep(jef, base="0", consent=box(jef, "notices-sms"))
    newer = ask_in_other_words(own_app)
    page = text(jef)
    assert re.search(rf"✓ <span>{SMS}</span> <span class=\"small\">Sinds 24 november 2026", page)
    assert not re.search(rf"✓ <span>{NEW}", page)
    assert f'name="consent" value="{newer.ticked("nl-u")}">' in page, "asked anew, and not ticked"
    assert "in andere woorden" in page
    with Session(own_app.extensions["selfhelp.engines"].reader) as session:
        client_id = session.scalars(select(Consent.client_id)).one()
        assert not has_consent(session, client_id, newer)
    keep(jef, base="1", consent=newer.ticked("nl-u"))
    page = text(jef)
    assert re.search(rf"✓ <span>{NEW}", page)
    assert not re.search(rf"✓ <span>{SMS}", page)
    assert page.count(SMS) == 1, "in how it was before"
    with Session(own_app.extensions["selfhelp.engines"].reader) as session:
        assert has_consent(session, client_id, newer)
    send(jef, f"{SHEET}/stop/notices-sms", page=SHEET)
    assert "✓" not in text(jef), "stopping is about the purpose, whichever words it was said to"


def test_a_yes_given_in_another_language_is_shown_in_the_words_that_were_read(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    english = f"{SHEET}?lang=en"
    ticked = re.search(r'name="consent" value="(notices-sms[^"]+)"', text(jef, english))
    assert ticked
    send(jef, english, page=english, base="0", consent=ticked[1])
    assert '✓ <span lang="en">You may send me a neutral text message' in text(jef)


def test_words_that_are_not_those_that_were_read_are_never_shown_as_such(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    keep(jef, base="0", consent=box(jef, "notices-sms"))
    with Session(own_app.extensions["selfhelp.engines"].writer) as session:
        session.execute(update(Consent).values(words_digest=b"x" * 32))
        session.commit()
    page = text(jef)
    assert "De woorden van toen staan hier niet meer." in page
    assert page.count(SMS) == 1, "beside the box that asks anew"


def test_whoever_is_about_to_call_reads_first_how_that_is_safe(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    assert "Veilig te bereiken" not in youssef.get(page).get_data(as_text=True)
    keep(jef, base="0", call_until="17:00", voicemail="no", safe="Hij leest mijn sms’en.")
    told = youssef.get(page).get_data(as_text=True)
    assert "niet bellen na 17 uur · niets inspreken op de voicemail" in told
    assert "Hij leest mijn sms’en." in told[: told.index("Volgend gesprek")]
