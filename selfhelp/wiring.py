"""Build what the slices need from the settings: engines, instruments, and one site per organisation."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from time import monotonic
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from selfhelp import __version__
from selfhelp.accounts import models as account_tables
from selfhelp.appointments import models as appointment_tables
from selfhelp.appointments.line import COUNTED as COUNTED_OF_APPOINTMENTS
from selfhelp.assessments import models as assessment_tables
from selfhelp.care import models as care_tables
from selfhelp.care.consent_texts import Consents, read_consent_texts
from selfhelp.care.recounting import COUNTED as COUNTED_OF_CARE
from selfhelp.care.service import list_organisations
from selfhelp.core.db import Engines, make_engines
from selfhelp.core.errors import Problem, RefusedFile, UnsafeSettings
from selfhelp.core.i18n import languages
from selfhelp.core.resources import folder
from selfhelp.core.schema_version import newest_version, schema_version
from selfhelp.core.sealing import Sealer
from selfhelp.core.settings import Settings
from selfhelp.diary import models as diary_tables
from selfhelp.goals import models as goal_tables
from selfhelp.guidance.loader import OwnContent, read_own_content
from selfhelp.guidance.service import Guide
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.loader import load_instruments
from selfhelp.instruments.permissions_file import FILE_NAME as PERMISSIONS
from selfhelp.instruments.permissions_file import read_permissions
from selfhelp.instruments.service import Catalogue, make_catalogue
from selfhelp.instruments.wording_file import owner_wording_folder
from selfhelp.modules import models as module_tables
from selfhelp.modules.line import COUNTED as COUNTED_OF_MODULES
from selfhelp.modules.loader import Library, read_library
from selfhelp.modules.service import Trainings
from selfhelp.network import models as network_tables
from selfhelp.offer.domain.help_lines import HelpLine, foot_lines
from selfhelp.offer.domain.offer import ModuleOffer, Offer
from selfhelp.offer.loader import FILE_NAME as OFFER
from selfhelp.offer.loader import Allowed, read_help_lines, read_offer
from selfhelp.offer.routes import HelpLines
from selfhelp.oversight import models as oversight_tables
from selfhelp.web.site import NO_ORGANISATION, Site

_log = logging.getLogger("selfhelp.wiring")

TABLES = (
    *(account_tables, care_tables, appointment_tables, assessment_tables, module_tables),
    *(goal_tables, diary_tables, network_tables, oversight_tables),
)
"""Every module that maps tables; `models.py` of each slice that has one."""

COUNTED = (*COUNTED_OF_CARE, *COUNTED_OF_APPOINTMENTS, *COUNTED_OF_MODULES)
"""What slices say on a client's line, as far as rows of theirs say it: what a recount compares."""

LOOK_AGAIN = 2.0
"""Seconds between looks at an organisation's files: an edit shows without a restart."""

NEUTRAL_EXIT = "https://www.wikipedia.org/"


@dataclass(frozen=True, slots=True)
class Product:
    """What is the same for every organisation: instruments (and the slugs of refused ones), own content, help lines."""

    instruments: Mapping[str, Instrument]
    library: Library
    refused: frozenset[str]
    problems: tuple[Problem, ...]
    content: OwnContent
    lines: HelpLines
    consents: Consents
    version: str


def read_product(settings: Settings) -> Product:
    """Read all that ships with the product. Refused instruments are reported and left out.

    Raises:
        RefusedFile: our own content is faulty; the product must not start without help lines.
    """
    loaded = load_instruments(folder("selftests"), owner_wording_folder(settings.folder))
    content = folder("content")
    lines = HelpLines(read_help_lines(content / "help_lines.yaml"))
    own, version = read_own_content(content), _product_version(settings)
    library = read_library(content / "modules", own.themes)
    problems = (*loaded.problems, *library.problems)
    consents = read_consent_texts(content / "consents.yaml")
    return Product(loaded.instruments, library, loaded.refused, problems, own, lines, consents, version)


def _product_version(settings: Settings) -> str:
    digest = sha256(__version__.encode())
    roots = [folder(name) for name in ("templates", "static", "selftests", "service-worker", "content", "translations")]
    for root in [*roots, owner_wording_folder(settings.folder)]:
        for path in sorted(root.rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def read_site(product: Product, root: Path, organisation_id: UUID, *, demo: bool) -> Site:
    """Read the files of one organisation.

    Raises:
        RefusedFile: with every fault.
    """
    # An offer may name what is refused just now: that must not take the organisation off the air with it.
    allowed = Allowed(
        themes=product.content.themes,
        checklists=product.content.checklists,
        modules=_module_offers(product),
        module_keys={*product.library.modules, *product.library.refused},
        slugs={*product.instruments, *product.refused},
    )
    offer = read_offer(root, allowed)
    catalogue = make_catalogue(
        product.instruments, switched_on=offer.heavy_on, permissions=read_permissions(root), demo=demo
    )
    profile = offer.profile
    of_product = {HelpLines: product.lines, Consents: product.consents}
    guide = Guide(offer, catalogue, product.content, product.lines)
    modules = {key: product.library.modules[key] for key in offer.modules}
    trainings = Trainings(modules, product.library.facts, profile.country)
    return Site(
        key=root.name,
        organisation_id=organisation_id,
        name=profile.name,
        neutral_name=profile.neutral_name,
        languages=tuple(language for language in profile.languages if language in languages()),
        register=profile.register,
        zone=profile.zone,
        exit_url=profile.exit_url,
        secrecy=profile.secrecy,
        demo=demo,
        version=_site_version(product, root),
        parts={Offer: offer, Catalogue: catalogue, Guide: guide, Trainings: trainings, **of_product},
        foot=foot_lines(product.lines, profile.country),
    )


def _module_offers(product: Product) -> dict[str, ModuleOffer]:
    """Return what guidance says of each training: its words, and how long the first sitting takes."""
    return {
        key: ModuleOffer(
            key=key,
            title={language: text.title for language, text in module.texts.items()},
            what={language: text.what for language, text in module.texts.items()},
            minutes=module.steps[0].minutes,
        )
        for key, module in product.library.modules.items()
    }


def _site_version(product: Product, root: Path) -> str:
    digest = sha256(product.version.encode() + root.name.encode())
    for name in (OFFER, PERMISSIONS):
        path = root / name
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()[:12]


def fallback_site(product: Product) -> Site:
    """Return the nameless site of error pages for hosts that nobody serves."""
    lines: tuple[HelpLine, ...] = foot_lines(product.lines, "be-vl")
    return Site(
        key="",
        organisation_id=NO_ORGANISATION,
        name="",
        neutral_name="",
        languages=("nl", "en"),
        register="u",
        zone=ZoneInfo("Europe/Brussels"),
        exit_url=NEUTRAL_EXIT,
        secrecy="counsellor",
        demo=False,
        version=product.version,
        parts={},
        foot=lines,
    )


@dataclass(slots=True)
class Sites:
    """All organisations by host name, read again when their files change."""

    settings: Settings
    product: Product
    organisations: Mapping[str, UUID]
    _sites: dict[str, Site] = field(default_factory=dict)
    _stamps: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _by_host: dict[str, Site] = field(default_factory=dict)
    _looked: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        # Before the first request and not at it: whoever asked meanwhile would find nobody at home.
        self._look()

    def find(self, host: str) -> Site | None:
        """Return the organisation served under `host`. One request at a time looks again; the others see what was there."""
        if monotonic() - self._looked > LOOK_AGAIN:
            self._looked = monotonic()
            self._look()
        return self._by_host.get(host)

    def all_are_served(self) -> bool:
        """Whether there is an organisation, and each has an offer that can be shown."""
        return bool(self.organisations) and set(self._sites) == set(self.organisations)

    def _look(self) -> None:
        for key, organisation_id in self.organisations.items():
            root = self.settings.folder / key
            stamp = tuple(_changed_at(root / name) for name in (OFFER, PERMISSIONS))
            if self._stamps.get(key) == stamp:
                continue
            self._stamps[key] = stamp
            try:
                self._sites[key] = read_site(self.product, root, organisation_id, demo=self.settings.is_demo)
            except RefusedFile as refused:
                # The last good offer stays: a slip of the pen must not take help off the air.
                for problem in refused.problems:
                    _log.error("%s", problem)
        self._by_host = {host: site for site in self._sites.values() for host in site.part(Offer).profile.hosts}


def _changed_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


@dataclass(frozen=True, slots=True)
class Wiring:
    """Everything `create_app` puts into the application."""

    settings: Settings
    engines: Engines
    product: Product
    sites: Sites
    sealer: Sealer
    readiness: Mapping[str, Callable[[], bool]]


def wire(settings: Settings) -> Wiring:
    """Build everything.

    Raises:
        UnsafeSettings: the database is not there or not migrated.
        RefusedFile: our own content is faulty.
    """
    engines = make_engines(settings.database)
    product = read_product(settings)
    for problem in product.problems:
        _log.error("%s", problem)
    try:
        with Session(engines.reader) as session:
            organisations = {each.key: each.id for each in list_organisations(session)}
    except SQLAlchemyError as error:
        raise UnsafeSettings("the database cannot be read; run `selfhelp db upgrade` first") from error
    sites = Sites(settings, product, organisations)
    readiness = {"database": lambda: _database_is_ready(engines), "organisations": sites.all_are_served}
    return Wiring(settings, engines, product, sites, Sealer(settings.keys), readiness)


def _database_is_ready(engines: Engines) -> bool:
    try:
        with engines.reader.connect() as connection:
            return schema_version(connection) == newest_version()
    except SQLAlchemyError:
        return False


def public_paths(site: Site) -> tuple[list[str], list[str]]:
    """Return the paths every device keeps, and all public paths of an organisation."""
    guide = site.part(Guide)
    core = ["/", "/help-now", "/talk", "/safe", "/offline", "/left", "/self-tests/", "/offer.json"]
    pages = [*core, "/returning", "/about", "/privacy", "/accessibility"]
    pages += [f"/topics/{key}" for key in guide.content.themes]
    pages += [f"/check/{offered.checklist}" for offered in guide.offer.themes.values() if offered.checklist]
    pages += [f"/talk/{key}" for key in guide.offer.ways]
    trainings = site.part(Trainings)
    pages += ["/trainings/"] if trainings.modules else []
    for key, module in trainings.modules.items():
        pages += [f"/trainings/{key}", *(f"/trainings/{key}/{step.key}" for step in module.steps_in(trainings.country))]
    for instrument in guide.catalogue.offered():
        pages += [f"/self-tests/{instrument.slug}", f"/self-tests/{instrument.slug}/outcome"]
    return core, list(dict.fromkeys(pages))
