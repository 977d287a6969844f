"""`selfhelp offer`: check an organisation's files before visitors see them."""

import sys
from datetime import date
from pathlib import Path

import click

from selfhelp.core.clock import system_clock
from selfhelp.core.errors import RefusedFile
from selfhelp.core.settings import Settings
from selfhelp.instruments.permissions_file import read_permissions
from selfhelp.offer.domain.offer import Offer
from selfhelp.web.site import NO_ORGANISATION
from selfhelp.wiring import Product, read_product, read_site


@click.group("offer")
def offer_commands() -> None:
    """What an organisation offers."""


@offer_commands.command("check")
@click.argument("organisation", required=False)
def check_command(organisation: str | None) -> None:
    """Check offer and permissions of one organisation, or of all in the data folder. Silent when all is well."""
    settings = Settings.from_env()
    product = read_product(settings)
    roots = [settings.folder / organisation] if organisation else _organisation_folders(settings.folder)
    if not roots:
        click.echo(f"{settings.folder}: no organisation has an offer.yaml here", err=True)
        sys.exit(1)
    # Not a generator: every organisation is checked, also after one with faults.
    results = [_check(product, root, demo=settings.is_demo) for root in roots]
    for line in product.lines:
        if not settings.is_demo and line.is_stale(system_clock().date()):
            click.echo(f"warning: help line {line.key} was not checked in the last 90 days", err=True)
    sys.exit(0 if all(results) else 1)


def _organisation_folders(folder: Path) -> list[Path]:
    return sorted(path.parent for path in folder.glob("*/offer.yaml"))


def _check(product: Product, root: Path, *, demo: bool) -> bool:
    try:
        site = read_site(product, root, NO_ORGANISATION, demo=demo)
    except RefusedFile as refused:
        for problem in refused.problems:
            click.echo(str(problem), err=True)
        return False
    for slug in sorted({each.slug for each in read_permissions(root)} - {*product.instruments, *product.refused}):
        click.echo(f"warning: {root.name}/permissions.yaml: there is no self-test {slug}", err=True)
    offer = site.part(Offer)
    if not any(closed.last > _today() for closed in offer.closed):
        click.echo(
            f"warning: {root.name}/offer.yaml: closed: names no day off in the future; are there no holidays?", err=True
        )
    return True


def _today() -> date:
    return system_clock().date()
