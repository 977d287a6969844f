"""`selfhelp demo`: two fictional organisations to try everything with."""

import shutil
from uuid import uuid4

import click
from sqlalchemy.orm import Session

from selfhelp.care.service import add_organisation
from selfhelp.core.clock import system_clock
from selfhelp.core.db import make_engines
from selfhelp.core.migration import migrate
from selfhelp.core.resources import folder
from selfhelp.core.settings import Settings
from selfhelp.core.strict_yaml import read_document


@click.command("demo")
def demo_command() -> None:
    """Make (or complete) the demo database and the files of its organisations. Edited files are left as they are."""
    settings = Settings.from_env()
    if not settings.is_demo:
        raise click.UsageError("set SELFHELP_MODE=demo: demo organisations never come into a real installation")
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = make_engines(settings.database).writer
    migrate(engine)
    with Session(engine) as session:
        for source in sorted((folder("content") / "demo").iterdir()):
            target = settings.folder / source.name
            target.mkdir(exist_ok=True)
            for file in source.glob("*.yaml"):
                if not (target / file.name).exists():
                    shutil.copyfile(file, target / file.name)
            profile = read_document(target / "offer.yaml", source.name).value["organisation"]
            add_organisation(session, organisation_id=uuid4(), key=source.name, name=profile["name"], now=system_clock())
            click.echo(f"{profile['name']}: http://{profile['hosts'][0]}:{settings.port}/")
        session.commit()
    click.echo("Demo: everything here is fictional. This version has no accounts yet, so there are no log-ins.")
