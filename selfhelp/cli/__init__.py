"""The command `selfhelp`: one file per noun."""

import gc
import os
import sys
from importlib import import_module

import click

from selfhelp import __version__
from selfhelp.core.errors import RefusedFile, SelfhelpError

COMMANDS = {
    "instruments": "selfhelp.cli.instruments:instrument_commands",
    "offer": "selfhelp.cli.offer:offer_commands",
    "modules": "selfhelp.cli.modules:module_commands",
    "db": "selfhelp.cli.database:database_commands",
    "keys": "selfhelp.cli.keys:key_commands",
    "care": "selfhelp.cli.care:care_commands",
    "invite-administrator": "selfhelp.cli.staff:invite_administrator_command",
    "demo": "selfhelp.cli.demo:demo_command",
    "check": "selfhelp.cli.serve:check_command",
    "serve": "selfhelp.cli.serve:serve_command",
    "web": "selfhelp.cli.serve:web_command",
    "worker": "selfhelp.cli.serve:worker_command",
}


class _CommandsWhenAsked(click.Group):
    """Imports a command's module when that command is asked for.

    All of them together take 0.7 s, most of it the database, which `instruments check` does not need.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click names the parameters
        """Return the commands in the order of this page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # here too
        """Return a command, or None."""
        module, _, name = COMMANDS.get(cmd_name, "").partition(":")
        if not module:
            return None
        # What an import makes stays: to look through it for what may go, time and again, is a fifth of a start.
        gc.disable()
        command: click.Command = getattr(import_module(module), name)
        gc.freeze()
        gc.enable()
        return command


@click.group(cls=_CommandsWhenAsked)
@click.version_option(__version__, prog_name="selfhelp")
def commands() -> None:
    """Blended help for social-welfare organisations."""


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
