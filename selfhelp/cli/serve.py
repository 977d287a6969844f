"""`selfhelp web`, `worker`, `serve` (both) and `check`."""

import gc
import signal
import subprocess
import sys
from types import FrameType
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from selfhelp.app import create_app
from selfhelp.core.clock import system_clock
from selfhelp.core.errors import RefusedFile, UnsafeSettings
from selfhelp.core.resources import folder
from selfhelp.core.settings import Settings
from selfhelp.offer.loader import read_help_lines
from selfhelp.worker import run_worker

TIMEOUT = 30


class _Gunicorn(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn without configuration files: the settings are ours."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": self.settings.listens_on,
            "workers": self.settings.workers,
            "threads": self.settings.threads,
            "worker_class": "gthread",
            "timeout": TIMEOUT,
            # Loaded before the fork, the read-only catalogue is shared by all workers.
            "preload_app": True,
            "pre_fork": _freeze,
            "accesslog": None,
            "loglevel": "warning",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return create_app(self.settings)


def _freeze(_arbiter: object, _worker: object) -> None:
    # What is alive before the fork stays: a collection in a worker would touch, and so copy, every shared page.
    gc.collect()
    gc.freeze()


def _settings() -> Settings:
    try:
        return Settings.from_env()
    except UnsafeSettings as error:
        raise click.ClickException(str(error)) from error


@click.command("web")
def web_command() -> None:
    """Serve the pages."""
    _Gunicorn(_settings()).run()


@click.command("worker")
def worker_command() -> None:
    """Run the background process."""
    run_worker(_settings())


@click.command("serve")
def serve_command() -> None:
    """Serve the pages and run the background process, as two processes that live and end together."""
    settings = _settings()
    children = [subprocess.Popen([sys.argv[0], name]) for name in ("web", "worker")]

    def stop(_number: int, _frame: FrameType | None) -> None:
        for child in children:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    click.echo(f"Selfhelp: http://{settings.listens_on}/  (Ctrl-C stops)")
    children[0].wait()
    stop(0, None)
    for child in children:
        child.wait()
    sys.exit(max(0, children[0].returncode))


@click.command("check")
def check_command() -> None:
    """Check settings, database, instruments and content as the web process would at its start."""
    try:
        checks = create_app(_settings()).extensions["selfhelp.readiness"]
    except (UnsafeSettings, RefusedFile) as error:
        raise click.ClickException(str(error)) from error
    failing = [name for name, is_well in checks.items() if not is_well()]
    if failing:
        raise click.ClickException(f"not ready: {', '.join(failing)}; see the lines above")
    settings = _settings()
    today = system_clock().date()
    stale = [line.key for line in read_help_lines(folder("content") / "help_lines.yaml") if line.is_stale(today)]
    if stale and not settings.is_demo:
        click.echo(f"warning: nobody checked these help lines lately: {' '.join(stale)}", err=True)
    click.echo("ready to serve")
