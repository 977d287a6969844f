"""`selfhelp instruments`: list, check, score, load the owner's wording, record a permission."""

import json
import re
import sys
from datetime import date
from pathlib import Path

import click

from selfhelp.core.clock import system_clock
from selfhelp.core.errors import RefusedFile
from selfhelp.core.prose import in_language
from selfhelp.core.resources import folder
from selfhelp.core.settings import Settings
from selfhelp.instruments.cases import case_problems
from selfhelp.instruments.domain.export import outcome_json
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.domain.passport import PermissionGiven
from selfhelp.instruments.domain.reading import read_answers, read_context
from selfhelp.instruments.errors import UnusableAnswer
from selfhelp.instruments.loader import load_instrument, load_instruments, read_fields, read_owner_wording
from selfhelp.instruments.permissions_file import read_permissions, write_permissions
from selfhelp.instruments.service import score_responses
from selfhelp.instruments.wording_file import owner_wording_folder, write_owner_wording

BAD_INPUT = 2
ORGANISATION = re.compile(r"[a-z0-9][a-z0-9-]*")
LANGUAGE = re.compile(r"[a-z]{2}")


@click.group("instruments")
def instrument_commands() -> None:
    """Published questionnaires and their passports."""


@instrument_commands.command("list")
def list_command() -> None:
    """Print each instrument with its version, permission and the status of its wording."""
    loaded = load_instruments(folder("selftests"), owner_wording_folder(Settings.from_env().folder))
    for instrument in loaded.instruments.values():
        passport = instrument.passport
        wording = " ".join(
            f"{language}:{passport.wording[language].status}"
            for language in instrument.wordings
            if language in passport.wording
        )
        weight = "heavy" if instrument.heavy else "light"
        click.echo(
            f"{instrument.specification.reference:18} {weight:6} {passport.permission:19} {wording:45} {passport.name}"
        )
    _report(loaded.problems)


@instrument_commands.command("check")
@click.argument("root", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
def check_command(root: Path | None) -> None:
    """Check every instrument; print each fault with file, line, field and reason. Silent when all is well."""
    shelf = root or folder("selftests")
    loaded = load_instruments(shelf, owner_wording_folder(Settings.from_env().folder))
    _report((*loaded.problems, *case_problems(shelf, loaded.instruments)))


def _report(problems: tuple[object, ...]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        sys.exit(1)


@instrument_commands.command("score")
@click.argument("slug")
@click.option("--answers", required=True, help="Answer codes in item order, separated by commas; - is unanswered.")
@click.option("--context", "context", multiple=True, help="For example sex=female; may be repeated.")
def score_command(slug: str, answers: str, context: tuple[str, ...]) -> None:
    """Score one set of answers and print the outcome as JSON."""
    instrument = _instrument(slug)
    try:
        responses = read_answers(instrument.specification, answers.split(","))
        told = read_context(instrument.specification, context)
    except UnusableAnswer as error:
        _refuse(f"{slug}: {error}")
    click.echo(json.dumps(outcome_json(score_responses(instrument, responses, told))))


@instrument_commands.command("wording")
@click.argument("slug")
@click.argument("language")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def wording_command(slug: str, language: str, file: Path) -> None:
    """Load the owner's wording of SLUG in LANGUAGE from FILE (YAML or JSON: source, title, instruction, items, options)."""
    _instrument(slug)
    if not LANGUAGE.fullmatch(language):
        _refuse(f"{language}: a language is two small letters, nl or en for instance")
    try:
        wording, origin = read_owner_wording(file, language, read_fields(folder("selftests") / slug))
    except RefusedFile as refused:
        _report(tuple(refused.problems))
        return
    target = write_owner_wording(Settings.from_env().folder, slug, wording, origin)
    click.echo(f"{slug} in {language}: {len(wording.items)} items loaded from {origin.source} into {target}")
    click.echo("restart the web process to show it")


@instrument_commands.command("permit")
@click.argument("slug")
@click.option("--organisation", required=True, help="The organisation's folder in the data folder.")
@click.option("--given-by", required=True, help="Who gave the permission.")
@click.option("--given-on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="When, as 2026-01-31.")
@click.option("--reference", required=True, help="Where the permission can be found (letter, mail, contract).")
def permit_command(slug: str, organisation: str, given_by: str, given_on: date, reference: str) -> None:
    """Record that the owner of SLUG permits its use by one organisation."""
    instrument = _instrument(slug)
    if not instrument.passport.needs_permission:
        _refuse(f"{slug}: no permission is needed ({instrument.passport.permission})")
    target = Settings.from_env().folder / organisation
    if not ORGANISATION.fullmatch(organisation) or not target.is_dir():
        _refuse(f"{organisation}: there is no such folder in {target.parent}")
    given = PermissionGiven(slug, given_by.strip(), date(given_on.year, given_on.month, given_on.day), reference.strip())
    if not given.given_by or not given.reference:
        _refuse("--given-by and --reference must say something: they are the proof of the permission")
    if given.given_on > system_clock().date():
        _refuse(f"--given-on: {given.given_on} is in the future")
    try:
        others = [each for each in read_permissions(target) if each.slug != slug]
    except RefusedFile as refused:
        _report(tuple(refused.problems))
        return
    write_permissions(target, [*others, given])
    click.echo(f"{slug}: permission of {given_by} of {given.given_on} recorded for {organisation}")
    click.echo(in_language(instrument.passport.permission_note, "en").formal)


def _instrument(slug: str) -> Instrument:
    root = folder("selftests")
    known = sorted(path.parent.name for path in root.glob("*/instrument.yaml"))
    if slug not in known:
        _refuse(f"{slug}: no such instrument; known: {' '.join(known)}")
    try:
        return load_instrument(root / slug, owner_wording_folder(Settings.from_env().folder))
    except RefusedFile as refused:
        _report(tuple(refused.problems))
        raise


def _refuse(reason: str) -> None:
    click.echo(reason, err=True)
    sys.exit(BAD_INPUT)
