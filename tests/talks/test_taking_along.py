"""What leaves the house: the summary as PDF, the contact list as CSV and XLSX; written down first, and nothing runs."""

import csv
from io import BytesIO, StringIO
from uuid import uuid4

import openpyxl
import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import text as sql

from selfhelp.core.spreadsheet import as_csv, as_xlsx, harmless
from selfhelp.talks.paper import as_pdf
from tests.browser import code_at, send
from tests.conftest import MovingClock, rows
from tests.talks.scenes import Scene, text

NAMES = "Ayşe en Kübra, Łukasz, Ștefan, Женя: € 12,50 “samen” ’s avonds – 10 %"
LIST = "/caseload/contacts"


def test_the_summary_holds_the_contact_line_and_no_words_of_the_client(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    scene.get_stuck("KANARIE van Jef")
    scene.own("/my/talk/wishes", **{f"wish-{uuid4()}": "KANARIE wens"})
    with own_app.extensions["selfhelp.engines"].writer.begin() as connection:
        connection.execute(sql("update client set reference = '2026/117'"))
    scene.start()
    scene.end(**{"choice-administratie-op-orde__b2": "smaller", f"counsellor-{uuid4()}": "Fluvius bellen"})
    page = text(scene.youssef, f"{scene.talk}/summary")
    for words in (
        "45 minuten, met Youssef, referentie 2026/117.",
        "Kleiner gemaakt",
        "Youssef: Fluvius bellen",
        "nog niet gepland",
    ):
        assert words in page, words
    assert "KANARIE" not in page


def test_the_pdf_is_what_was_edited_and_nothing_of_it_is_stored(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    scene.start()
    scene.end()
    answer = send(scene.youssef, f"{scene.talk}/summary/pdf", page=f"{scene.talk}/summary", text=f"Bewerkt\n\n{NAMES}")
    assert answer.mimetype == "application/pdf"
    assert 'filename="2026-11-24.pdf"' in answer.headers["Content-Disposition"]
    assert NAMES in pypdfium2.PdfDocument(answer.data)[0].get_textpage().get_text_range()
    assert "Bewerkt" not in text(scene.youssef, f"{scene.talk}/summary")
    assert ("print", "summary of a talk") in rows(own_app, "select event, what from access_entry")


def test_a_long_summary_goes_on_on_the_next_sheet_of_a4(tmp_path: object) -> None:
    paper = as_pdf("\n".join(f"{number}. {NAMES}" for number in range(60)), title="Samenvatting", language="nl")
    found = pypdfium2.PdfDocument(paper)
    assert len(found) == 2
    assert found.get_metadata_value("Title") == "Samenvatting"
    first = found[0]
    assert [round(side) for side in first.get_size()] == [595, 842]
    picture = first.render(scale=1).to_pil().convert("L")
    assert picture.getbbox() is not None
    assert picture.crop((0, 0, 595, 40)).getextrema() == (255, 255), "the margin is white"
    assert picture.getextrema()[0] < 80, "and there are letters"


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula_to_anybody(first: str) -> None:
    cell = f"{first}cmd|' /C calc'!A0"
    assert harmless(cell) == f"'{cell}"
    assert harmless(f" {cell}") == f"' {cell}"
    body = b"".join(as_csv([[cell, "gewoon"]])).decode("utf-8-sig")
    assert next(csv.reader(StringIO(body, newline=""), delimiter=";")) == [f"'{cell}", "gewoon"]
    with as_xlsx([[cell.replace("\r", "")]]) as book:
        found = openpyxl.load_workbook(BytesIO(book.read())).active
        assert found["A1"].data_type == "s"


def test_a_list_is_taken_along_after_everybodys_log_says_so(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    with own_app.extensions["selfhelp.engines"].writer.begin() as connection:
        connection.execute(sql("update client set reference = '=1+1'"))
    for _ in range(2):
        scene.staff("/contacts", id="5f0c3f5e-8f0e-4b57-9a1e-0d5f0f4a2b10", way="phone", minutes="5", reached="no")
    assert scene.staff("/contacts", minutes="veel", way="phone").status_code == 400
    assert "Jef" in text(scene.youssef, LIST)
    period = {"first": "2026-11-01", "last": "2026-11-30"}
    answer = send(scene.youssef, f"{LIST}/csv", page=LIST, **period)
    lines = list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert lines[0] == ["Dag", "Uur", "Cliënt", "Referentie", "Hoe", "Minuten", "Bereikt"]
    assert lines[1:] == [["2026-11-24", "12:00", "Jef", "'=1+1", "Bellen", "5", "nee"]]
    book = send(scene.youssef, f"{LIST}/xlsx", page=LIST, **period)
    sheet = openpyxl.load_workbook(BytesIO(book.data)).active
    assert [cell.value for cell in sheet[2]] == ["2026-11-24", "12:00", "Jef", "=1+1", "Bellen", "5", "nee"]
    assert {cell.data_type for row in sheet for cell in row} == {"s"}
    assert rows(own_app, "select count(*) from access_entry where event = 'export'") == [(2,)]
    assert rows(own_app, "select count(*) from list_access where what = 'contacts exported'") == [(2,)]
    assert "maakte een kopie" in text(scene.jef, "/my/who-looked")


def test_an_old_log_in_is_asked_again_before_a_list_leaves(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    scene.staff("/contacts", way="phone", minutes="5", reached="yes")
    moment.forward(minutes=11)
    answer = send(scene.youssef, f"{LIST}/csv", page=LIST)
    assert answer.headers["Location"].startswith("/my/confirm?next=")
    send(scene.youssef, answer.headers["Location"], page=answer.headers["Location"], code=code_at(moment()))
    assert send(scene.youssef, f"{LIST}/csv", page=LIST).status_code == 200


def test_a_former_counsellor_reads_no_name_in_the_own_list(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    scene.staff("/contacts", way="phone", minutes="5", reached="yes")
    with own_app.extensions["selfhelp.engines"].writer.begin() as connection:
        connection.execute(sql("update assignment set ended_at = began_at"))
    page = text(scene.youssef, LIST)
    assert "Jef" not in page
    assert "niet meer toegewezen" in page
    assert "Jef" not in send(scene.youssef, f"{LIST}/csv", page=LIST).get_data(as_text=True)


@pytest.mark.parametrize(
    ("first", "last", "words"), [("gisteren", "", "Schrijf de datum"), ("2026-11-09", "2026-11-01", "ligt voor de eerste")]
)
def test_a_period_that_is_none_is_named(own_app: Flask, moment: MovingClock, first: str, last: str, words: str) -> None:
    scene = Scene(own_app, moment)
    answer = scene.youssef.get(LIST, query_string={"first": first, "last": last})
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)
