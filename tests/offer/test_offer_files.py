"""An organisation's files: each fault is named before visitors see it, and none of them takes help off the air."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from selfhelp.app import create_app
from selfhelp.cli import commands
from selfhelp.core.errors import RefusedFile
from selfhelp.core.resources import folder
from selfhelp.core.settings import Settings
from selfhelp.instruments.service import Catalogue
from selfhelp.offer.domain.offer import Offer
from selfhelp.web.site import NO_ORGANISATION
from selfhelp.wiring import Product, Sites, read_product, read_site
from tests.conftest import NOON, settings_for

FAULTS = {
    "an unknown field": ("  register: u", "  registr: u", "organisation.registr: unknown field"),
    "a field that is gone": ("  exit_url: https://www.meteo.be/nl\n", "", "organisation.exit_url: missing data"),
    "a country without help lines": ("country: be-vl", "country: fr", "organisation.country: must be one of"),
    "an unknown time zone": ("zone: Europe/Brussels", "zone: Europe/Hasselt", "organisation.zone: must be a time zone"),
    "a third register": ("register: u", "register: jij", "organisation.register: must be one of"),
    "another first language": (
        "languages: [nl, en]",
        "languages: [en, nl]",
        "organisation.languages: Dutch (nl) comes first",
    ),
    "an address for a host": ("[localhost,", "[https://brug.example,", "organisation.hosts.0: must be a host name"),
    "a host with a port": ("[localhost,", '["localhost:80",', "organisation.hosts.0: must be a host name without port"),
    "no YAML at all": ("organisation:", "{{{", "offer.yaml:"),
    "an exit over plain http": ("https://www.meteo", "http://www.meteo", "organisation.exit_url: must be an https address"),
    "a broken mail address": ("email: brug@example.org", "email: brug", "organisation.contact.email: not a valid email"),
    "a number as telephone": ("phone: 011 00 00 00  ", "phone: 11000000  ", "organisation.contact.phone: must be a text"),
    "letters in a telephone": (
        "phone: 011 00 00 00  ",
        "phone: 011-HULP  ",
        "organisation.contact.phone: must be a telephone",
    ),
    "a way nobody knows": ("\n  chat:\n", "\n  fax:\n", "ways.fax: must be one of"),
    "hours that end before they begin": ('["13:00-17:00"]', '["17:00-13:00"]', "ways.chat.hours: mon: 17:00-13:00 must end"),
    "hours after midnight": ('["13:00-17:00"]', '["22:00-24:30"]', "ways.chat.hours: mon: 22:00-24:30 must end"),
    "hours of nobody": ('["13:00-17:00"]', '["13:00-25:00"]', "ways.chat.hours: mon: '13:00-25:00' must look like"),
    "hours in words": ('["13:00-17:00"]', '["in the afternoon"]', "must look like 09:00-12:30"),
    "hours that overlap": ('["13:00-17:00"]', '["13:00-17:00", "16:00-18:00"]', "16:00-18:00 overlaps"),
    "hours out of order": ('["13:00-17:00"]', '["13:00-17:00", "09:00-12:00"]', "09:00-12:00 overlaps"),
    "a day nobody knows": ("        mon: ", "        mandag: ", "mandag is no day"),
    "a holiday that ends before it begins": (
        "{from: 2026-12-24, to",
        "{from: 2026-12-26, to",
        "closed.0: begins after its end",
    ),
    "a date that does not exist": ("{from: 2026-12-24, to", "{from: 2026-12-32, to", "closed.0.from: must be a date"),
    "a training that does not exist": (
        "modules: [administratie-op-orde,",
        "modules: [yoga,",
        "modules.0: there is no training yoga",
    ),
    "a training twice": (
        "modules: [administratie-op-orde, rondkomen,",
        "modules: [rondkomen, rondkomen,",
        "modules.1: rondkomen stands here twice",
    ),
    "a service for no theme": (
        "themes: [contacts, worry, care, work]",
        "themes: [mony]",
        "services.0.themes: there is no theme mony",
    ),
    "a service twice": ("- key: zelfmoordlijn", "- key: tele-onthaal", "services.1.key: tele-onthaal stands here twice"),
    "a text in one language": (
        "cost: {nl: Gratis, en: Free}",
        "cost: {nl: Gratis}",
        "ways.chat.cost: must be a text, or texts",
    ),
    "a text for one register": (
        "    who:\n      nl:\n        u:",
        "    who:\n      nl:\n        U:",
        "ways.chat.who: must be a text",
    ),
    "a theme nobody knows": ("\n  digital:\n", "\n  digitaal:\n", "themes.digitaal: there is no such theme"),
    "a theme left out": ("\n  digital:\n", "\n  digitaal:\n", "themes: says nothing about digital"),
    "a theme without anybody": (
        "  work:\n    ways: [phone, chat, write, visit, video]",
        "  work:\n    ways: []",
        "themes.work.ways: must offer",
    ),
    "a theme with a way nobody knows": (
        "    ways: [chat, write,",
        "    ways: [fax, write,",
        "themes.contacts.ways.0: must be one of",
    ),
    "a way twice": ("    ways: [chat, write,", "    ways: [chat, chat,", "themes.contacts.ways: chat stands here twice"),
    "a checklist we do not have": (
        "checklist: post",
        "checklist: mail",
        "themes.money.checklist: there is no checklist mail",
    ),
    "a training nobody described": (
        "modules: [weer-onder-de-mensen]",
        "modules: [yoga]",
        "themes.contacts.modules: yoga is not",
    ),
    "a service nobody described": (
        "services: [druglijn]",
        "services: [aa]",
        "themes.substances.services: aa is not described",
    ),
    "a self-test we do not have": ("on: [phq9,", "on: [phq8,", "self_tests.on: there is no self-test phq8"),
    "a page's own mark": ("name: De Brug", 'name: "\\x01/\\x02"', "organisation.name: holds a control character"),
    "a key given twice": ("  register: u\n", "  register: u\n  register: je\n", "organisation.register: stands here twice"),
    "an alias": ("  register: u\n", "  register: &r u\n", "anchors and aliases are not allowed"),
}

PERMISSIONS = {
    "nothing at all": ("", "permissions.yaml:1: must hold fields"),
    "no list": ("permissions:\n", "permissions.yaml:1: permissions: field may not be null"),
    "another name": ("\npermission: []\n", "permissions.yaml:2: permission: unknown field"),
    "nobody who gave it": (
        "permissions:\n  - {slug: djg6, given_on: '2026-01-31', reference: mail}\n",
        "permissions.yaml:2: permissions.0.given_by: missing data",
    ),
    "no day": (
        "permissions:\n  - slug: djg6\n    given_by: the owner\n    reference: mail\n    given_on: soon\n",
        "permissions.yaml:5: permissions.0.given_on: must be a date",
    ),
    "no YAML": ("permissions: [\n", "permissions.yaml:2: did not find expected node content"),
}


@pytest.fixture(scope="session")
def product(demo_folder: Path) -> Product:
    return read_product(Settings(mode="demo", folder=demo_folder))


@pytest.fixture
def data(demo_folder: Path, tmp_path: Path) -> Path:
    """Return a data folder of one's own, to break."""
    shutil.copytree(demo_folder, tmp_path / "data")
    return tmp_path / "data"


def change(file: Path, old: str, new: str) -> int:
    """Replace the first `old` in `file`, and return the line on which it stood."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"the sample no longer holds {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    start = text.index(old)
    return text.count("\n", 0, start + len(old) - len(old.lstrip("\n"))) + 1


def check(data: Path, *arguments: str, mode: str = "demo") -> Result:
    return CliRunner().invoke(
        commands, ["offer", "check", *arguments], env={"SELFHELP_MODE": mode, "SELFHELP_FOLDER": str(data)}
    )


def refused(product: Product, root: Path) -> list[str]:
    with pytest.raises(RefusedFile) as found:
        read_site(product, root, NO_ORGANISATION, demo=True)
    return [str(problem) for problem in found.value.problems]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_an_offer_is_named_with_file_line_field_and_reason(name: str, product: Product, data: Path) -> None:
    old, new, reason = FAULTS[name]
    change(data / "brug" / "offer.yaml", old, new)
    told = [said for said in refused(product, data / "brug") if reason in said]
    assert len(told) == 1, refused(product, data / "brug")
    assert re.match(r"brug/offer\.yaml:\d+: ", told[0]), told


def test_the_line_is_the_line_of_the_fault(product: Product, data: Path) -> None:
    for old, new in (
        ("zone: Europe/Brussels", "zone: x"),
        ("themes: [contacts, worry, care, work]", "themes: [no]"),
        ("services: [druglijn]", "services: [x]"),
    ):
        shutil.copyfile(folder("content") / "demo" / "brug" / "offer.yaml", data / "brug" / "offer.yaml")
        line = change(data / "brug" / "offer.yaml", old, new)
        (said,) = refused(product, data / "brug")
        assert said.startswith(f"brug/offer.yaml:{line}: ")


@pytest.mark.parametrize("name", PERMISSIONS)
def test_a_fault_in_the_permissions_is_named_too(name: str, product: Product, data: Path) -> None:
    text, reason = PERMISSIONS[name]
    (data / "brug" / "permissions.yaml").write_text(text, encoding="utf-8")
    assert [said for said in refused(product, data / "brug") if said.startswith(f"brug/{reason}")]


def test_no_file_of_permissions_is_no_permission(product: Product, data: Path) -> None:
    (data / "brug" / "permissions.yaml").unlink()
    site = read_site(product, data / "brug", NO_ORGANISATION, demo=False)
    assert "awaits-permission" in site.part(Catalogue).availability.values()


def test_the_demo_offers_pass_without_a_word(data: Path) -> None:
    for arguments in ((), ("brug",), ("anker",)):
        found = check(data, *arguments)
        assert (found.exit_code, found.output) == (0, "")


def test_the_command_names_every_fault_of_every_organisation_and_ends_with_one(data: Path) -> None:
    first = change(data / "anker" / "offer.yaml", "zone: Europe/Amsterdam", "zone: Tilburg")
    second = change(data / "anker" / "offer.yaml", "register: je", "register: jij")
    third = change(data / "brug" / "offer.yaml", "on: [phq9,", "on: [phq8,")
    found = check(data)
    assert (found.exit_code, found.stdout) == (1, "")
    assert [line.split(" ")[0] for line in found.stderr.splitlines()] == [
        f"anker/offer.yaml:{first}:",
        f"anker/offer.yaml:{second}:",
        f"brug/offer.yaml:{third}:",
    ]
    assert check(data, "anker").exit_code == 1
    assert check(data, "brug").stderr.count("\n") == 1


def test_an_organisation_without_an_offer_is_a_fault(data: Path, tmp_path: Path) -> None:
    found = check(data, "nobody")
    assert found.exit_code == 1
    assert "nobody/offer.yaml: cannot be read" in found.stderr
    (tmp_path / "empty").mkdir()
    found = check(tmp_path / "empty")
    assert found.exit_code == 1
    assert "no organisation has an offer.yaml here" in found.stderr


def test_a_calendar_without_holidays_to_come_and_a_strange_permission_are_warnings(data: Path) -> None:
    offer = data / "brug" / "offer.yaml"
    offer.write_text(
        re.sub(r"(?s)\nclosed:.*?\nmodules:", "\nclosed: []\nmodules:", offer.read_text(encoding="utf-8")), "utf-8"
    )
    (data / "brug" / "permissions.yaml").write_text(
        "permissions:\n  - {slug: djg66, given_by: the owner, given_on: '2026-01-31', reference: mail}\n", encoding="utf-8"
    )
    found = check(data)
    assert found.exit_code == 0
    assert "warning: brug/offer.yaml: closed: names no day off in the future" in found.stderr
    assert "warning: brug/permissions.yaml: there is no self-test djg66" in found.stderr
    assert "anker" not in found.stderr


def test_in_real_use_the_check_names_each_help_line_that_nobody_checked_lately(product: Product, data: Path) -> None:
    found = check(data, mode="production")
    assert found.exit_code == 0
    warned = re.findall(r"warning: help line (\S+) was not checked in the last 90 days", found.stderr)
    assert {line.key for line in product.lines if line.verified_on is None} <= set(warned)
    assert len(set(warned)) == len(warned)


def test_a_self_test_that_is_refused_does_not_take_the_organisation_with_it(data: Path) -> None:
    # The owner's wording is loaded by the organisation itself; the offer goes on naming that self-test.
    (data / "wording" / "phq9").mkdir(parents=True)
    (data / "wording" / "phq9" / "nl.yaml").write_text("source: a form\n", encoding="utf-8")
    product = read_product(Settings(mode="demo", folder=data))
    assert {problem.file for problem in product.problems} == {"wording/phq9/nl.yaml"}
    site = read_site(product, data / "brug", NO_ORGANISATION, demo=True)
    offered = [each.slug for each in site.part(Catalogue).offered()]
    assert "phq9" not in offered
    assert "gad7" in offered


def without_file(root: Path) -> None:
    (root / "offer.yaml").unlink()


def without_folder(root: Path) -> None:
    shutil.rmtree(root)


def with_a_file_for_a_folder(root: Path) -> None:
    shutil.rmtree(root)
    root.write_text("oops", encoding="utf-8")


def with_a_fault(root: Path) -> None:
    change(root / "offer.yaml", "register: u", "register: jij")


def with_faulty_permissions(root: Path) -> None:
    (root / "permissions.yaml").write_text("permissions: maybe\n", encoding="utf-8")


BREAKS: list[Callable[[Path], None]] = [
    without_file,
    without_folder,
    with_a_file_for_a_folder,
    with_a_fault,
    with_faulty_permissions,
]


@pytest.mark.parametrize("mode", ["demo", "production"])
@pytest.mark.parametrize("break_it", BREAKS, ids=lambda each: each.__name__)
def test_who_has_no_good_offer_at_the_start_still_shows_the_numbers(
    break_it: Callable[[Path], None], mode: str, data: Path, on_postgres: str
) -> None:
    break_it(data / "brug")
    settings = replace(settings_for(data, on_postgres), mode=mode)  # type: ignore[arg-type]
    client = create_app(settings, clock=lambda: NOON).test_client()
    for path in ("/", "/help-now", "/self-tests/phq9", "/offer.json"):
        page = client.get(path, headers={"Host": "brug.localhost"})
        assert page.status_code == 404
        assert 'href="tel:112"' in page.get_data(as_text=True)
        assert 'href="tel:1813"' in page.get_data(as_text=True)
    assert client.get("/healthz").status_code == 200
    other = client.get("/help-now", headers={"Host": "anker.localhost"})
    assert other.status_code == 200, "the fault of one is not the fault of another"
    assert 'href="tel:113"' in other.get_data(as_text=True)


@pytest.mark.parametrize("break_it", BREAKS, ids=lambda each: each.__name__)
def test_who_loses_a_good_offer_keeps_the_last_one(
    break_it: Callable[[Path], None], product: Product, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    sites = Sites(Settings(mode="demo", folder=data), product, dict.fromkeys(("brug", "anker"), NO_ORGANISATION))
    before = sites.find("brug.localhost")
    assert before is not None
    break_it(data / "brug")
    sites._look()
    assert sites.find("brug.localhost") is before
    assert [record for record in caplog.records if record.levelname == "ERROR" and "brug/" in record.getMessage()]

    if (data / "brug").is_file():
        (data / "brug").unlink()
    shutil.copytree(folder("content") / "demo" / "brug", data / "brug", dirs_exist_ok=True)
    change(data / "brug" / "offer.yaml", "Kerkstraat 12", "Kerkstraat 99")
    sites._look()
    mended = sites.find("brug.localhost")
    assert mended is not None
    assert mended.part(Offer).profile.contact.address == "Kerkstraat 99, Hasselt"
