"""`selfhelp modules`: check the trainings."""

import sys

import click

from selfhelp.core.resources import folder
from selfhelp.guidance.loader import read_own_content
from selfhelp.modules.loader import read_library


@click.group("modules")
def module_commands() -> None:
    """Trainings, and the facts that they name."""


@module_commands.command("check")
def check_command() -> None:
    """Check every training: silent when all is well, else file, line, field and reason."""
    content = folder("content")
    library = read_library(content / "modules", read_own_content(content).themes)
    for problem in library.problems:
        click.echo(str(problem), err=True)
    sys.exit(1 if library.problems else 0)
