"""The demo organisations as the application serves them, and the device's side of guidance, run with Node."""

import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from flask import Flask

from selfhelp.guidance.service import Guide
from selfhelp.web.site import Site
from tools.machine import node

HOSTS = ("brug.localhost", "anker.localhost")
RUNNER = Path(__file__).parent / "guidance_lines.mjs"


def site_of(app: Flask, host: str) -> Site:
    found = app.extensions["selfhelp.find_site"](host)
    assert isinstance(found, Site)
    return found


def guide_of(app: Flask, host: str) -> Guide:
    return site_of(app, host).part(Guide)


def device_answers(offers: Sequence[Any], lines: Iterable[dict[str, Any]], specs: Sequence[Any] = ()) -> list[Any]:
    """Return what the device's scripts answer to each line; `offers` are `/offer.json` as it was read."""
    text = "\n".join(map(json.dumps, [{"offers": list(offers), "specs": list(specs)}, *lines]))
    run = subprocess.run([node(), str(RUNNER)], input=text, capture_output=True, text=True, check=True, timeout=120)
    return [json.loads(line) for line in run.stdout.splitlines()]
