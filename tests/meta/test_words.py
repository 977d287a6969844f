"""Words that people who are helped should not have to read, and sentences that they can: as `docs/modules.md` promises."""

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from babel.messages.pofile import read_po

from selfhelp.core.resources import folder
from selfhelp.core.strict_yaml import read_document
from selfhelp.modules.domain import Module, StepText
from selfhelp.modules.loader import read_library
from tests.meta.test_claims import sentences
from tools.machine import ROOT

NOT_SAID = re.compile(
    r"\bgelukt\b|\boefening\w*|\boefenen\b|\bopdracht\w*|\bhuiswerk\w*|\bles(sen|je|jes)?\b|\buitkomst\w*|\bdossiers?\b|\bretentie\w*"
    r"|\bsynchronis\w*|\btoestemming intrekken|\bwarme doorverwijzing|\bterugkeercode\w*|\beerlijk (in)?gevuld|\bdit eerlijk"
    r"|\bcliënt\w*|\bpatiënt\w*|\bmodules?\b|\bmislukt\w*",
    re.IGNORECASE,
)
"""A training and not a module, a step and no exercise, what answers say and no outcome; and nobody is called a client."""
PAY_FIRST = re.compile(r"\bbetaal\w* (altijd )?eerst\b|\beerst alles betalen\b|\balles eerst betalen\b", re.IGNORECASE)
ALLOWED_FILE = ROOT / "tests" / "meta" / "words_allowed.txt"
STAFF = (
    *("templates/caseload/", "templates/organisation/", "templates/parts/staff_nav.html", "templates/diary/shared.html"),
    *("selfhelp/caseload/", "selfhelp/organisation/", "selfhelp/cli/", "selfhelp/talks/contact_routes.py"),
    *(f"selfhelp/talks/{each}.py" for each in ("exporting", "pages", "reports_routes", "summary", "summary_routes")),
    *(
        f"templates/talks/{each}.html"
        for each in ("before", "contacts", "meeting", "planning", "reports", "summary", "talk", "work")
    ),
)
"""Where texts stand that only the staff reads."""
MOST_WORDS, MEAN_WORDS = 20, 12


def allowed() -> dict[str, str]:
    """Return whole texts that may stand all the same, and why."""
    written = ALLOWED_FILE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" | ", 1) for line in written if line and line[0] != "#")
    return {text.strip(): reason.strip() for text, reason in pairs}


def dutch_in(value: Any, name: str) -> Iterator[str]:
    """Yield the Dutch texts of a data file; in a file of one language all of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from dutch_in(each, name)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in {"en", "fr", "wording", "source", "citations", "copyright"}:
                yield from dutch_in(each, name)


def read_by_clients() -> Iterator[tuple[str, str]]:
    """Yield every Dutch text that somebody who is helped may read, and where it stands."""
    for name in ("nl", "nl_je"):
        with (folder("translations") / f"{name}.po").open("rb") as file:
            for message in read_po(file):
                is_staff = message.locations and all(place.startswith(STAFF) for place, _line in message.locations)
                if message.id and not is_staff:
                    yield name, str(message.string)
    for root in (folder("content"), folder("selftests")):
        for path in sorted(root.rglob("*.yaml")):
            is_ours = path.name not in {"cases.yaml", "demo_stories.yaml", "instrument.yaml"}
            if is_ours and not path.name.endswith((".en.yaml", ".fr.yaml")):
                yield from ((path.name, text) for text in dutch_in(read_document(path, path.name).value, path.name))
    for path in sorted(folder("content").rglob("*.nl.md")):
        yield path.name, path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def modules() -> dict[str, Module]:
    return dict(read_library(folder("content") / "modules", {"money": 1, "worry": 1, "contacts": 1}).modules)


def test_no_text_for_clients_holds_a_word_that_we_do_not_say() -> None:
    may = allowed()
    found = {
        f"{where}: {sentence}"
        for where, text in read_by_clients()
        for sentence in sentences(text)
        if (NOT_SAID.search(sentence) or PAY_FIRST.search(sentence)) and sentence not in may
    }
    assert not found, "\n".join(sorted(found))


def test_every_exception_is_used_and_has_a_reason() -> None:
    said = {sentence for _where, text in read_by_clients() for sentence in sentences(text)}
    for sentence, reason in allowed().items():
        assert sentence in said, f"no longer said: {sentence}"
        assert len(reason) > 10


@pytest.mark.parametrize(
    "text",
    [
        "Deze oefening is niet gelukt.",
        "Uw huiswerk",
        "In het dossier",
        "De uitkomst van de les",
        "Betaal eerst alles.",
        "cliënten",
    ],
)
def test_such_a_word_is_seen(text: str) -> None:
    assert NOT_SAID.search(text) or PAY_FIRST.search(text)


def words_of(text: StepText, register: str) -> Iterator[str]:
    """Yield the running sentences of a step: its body without lists of links and facts, and what its exercises ask."""
    body = re.sub(r"^\[\[.*\]\]$|^#+ .*$|\[([^\]]*)\]\([^)]*\)", r"\1", text.body.by(register), flags=re.MULTILINE)
    paragraphs = re.split(r"\n\s*\n|\n(?=- )", body)
    for each in paragraphs:
        yield from sentences(re.sub(r"[*_]|^- ", "", " ".join(each.split())))
    for exercise in text.exercises.values():
        for prose in (exercise.label, exercise.help):
            yield from sentences(prose.by(register)) if prose else ()


def test_sentences_of_trainings_are_short(modules: dict[str, Module]) -> None:
    assert len(modules) == 4
    for key, module in modules.items():
        for register in ("u", "je"):
            counts: list[int] = []
            for step in module.steps:
                for sentence in words_of(module.step_texts["nl"][step.key], register):
                    counts.append(len(sentence.split()))
                    assert counts[-1] <= MOST_WORDS, f"{key} {step.key}: {sentence}"
            assert mean(counts) <= MEAN_WORDS, key
            assert len(counts) > 50


def test_folders_and_labels_are_those_of_the_field(modules: dict[str, Module]) -> None:
    texts = modules["administratie-op-orde"].step_texts["nl"]
    said = {key: [each.formal for each in texts[key].exercises["folders"].options.values()] for key in ("c1-be", "c1-nl")}
    assert said["c1-be"] == [
        "Wonen",
        "Energie, water, telefoon",
        "Inkomen en werk",
        "Belastingen",
        "Gezondheid (ziekenfonds)",
        "Bank, schulden, deurwaarder",
        "Ikzelf en gezin",
    ]
    for folder_name in ("Inkomen en uitkering", "Belasting en toeslagen", "Zorg en verzekeringen"):
        assert folder_name in said["c1-nl"]
    labels = [each.formal for each in texts["c2"].exercises["labels"].options.values()]
    assert labels == ["Altijd", "10 jaar", "Mag weg (eerst samen kijken)"]


def test_the_trainings_stand_where_this_test_looks() -> None:
    assert Path(folder("content") / "modules" / "facts.yaml").exists()
    where = {name for name, _text in read_by_clients()}
    assert {"nl", "nl_je", "facts.yaml", "themes.yaml", "a1.nl.md", "consents.yaml", "text.nl.yaml"} <= where
