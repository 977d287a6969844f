"""The command `selfhelp`: one file per noun."""

import os
import sys

import click

from selfhelp import __version__
from selfhelp.cli.database import database_commands
from selfhelp.cli.demo import demo_command
from selfhelp.cli.instruments import instrument_commands
from selfhelp.cli.offer import offer_commands
from selfhelp.cli.serve import check_command, serve_command, web_command, worker_command
from selfhelp.core.errors import RefusedFile, SelfhelpError


@click.group()
@click.version_option(__version__, prog_name="selfhelp")
def commands() -> None:
    """Blended help for social-welfare organisations."""


for _command in (
    instrument_commands,
    offer_commands,
    database_commands,
    demo_command,
    check_command,
    serve_command,
    web_command,
    worker_command,
):
    commands.add_command(_command)


def main() -> None:
    """Run the command line. A reader that stops listening (`| head`) is no error."""
    try:
        commands(prog_name="selfhelp")
    except RefusedFile as refused:
        for problem in refused.problems:
            click.echo(str(problem), err=True)
        sys.exit(1)
    except SelfhelpError as error:
        click.echo(str(error) or type(error).__name__, err=True)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
