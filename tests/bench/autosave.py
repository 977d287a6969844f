"""Keeping a field: what a form and what a device sends, beside a bare route that commits once."""

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from tests.bench.filling import fill_progress
from tests.bench.floor import SECONDS, Row, bare, ratio
from tests.bench.load import Request, journeys_per_second, post
from tests.bench.visitor import Visitor
from tests.serving import served

STEP = "/my/trainings/administratie-op-orde/b2"
ROWS = 100_000
TARGET = 0.5
WRITERS = ("client2", "client3", "client4", "client5")
"""Clients whom the demo leaves alone, one on each connection."""

Maker = Callable[[], bytes]


def autosave(data: Path) -> Iterator[Row]:
    """Compare saving with one durable commit, with many other clients' steps in the database."""
    fill_progress(data, ROWS)
    with (
        served(data, workers=2) as ours,
        bare("tests.bench.bare_commit:app", BARE_DATABASE=str(data / "bare.sqlite")) as floor,
    ):
        visitors = [Visitor(ours, username) for username in WRITERS]
        host = floor.removeprefix("http://")
        plain = [[bare_save(host, number)] for number in range(len(WRITERS))]

        def rate(address: str, journeys: Sequence[Sequence[Request]]) -> Callable[[], float]:
            return lambda: journeys_per_second(address, journeys, SECONDS)

        for what, sending in (("a step's form", form_save), ("a field from a device", device_save)):
            mine = [[sending(each)] for each in visitors]
            yield ratio(f"{what} / bare route with one commit", rate(ours, mine), rate(floor, plain), TARGET)


def bare_save(host: str, number: int) -> Maker:
    """Return what sends one value to the bare route, another one each time: of the same value SQLite would write nothing."""
    values = count()
    return lambda: post(f"/kept/{number}", host, f"value=Fluvius-{next(values):08}".encode())


def form_save(visitor: Visitor) -> Maker:
    """Return what sends the whole form of a step, each time with another value and from the revision before."""
    token, revision = visitor.token(STEP), revision_of(visitor)

    def make() -> bytes:
        nonlocal revision
        value = f"Fluvius {revision:08}"
        fields = {"csrf_token": token, "change": uuid4(), "base": revision, "letters-0-who": value, "go": "save"}
        revision += 1
        return post(STEP, visitor.host, urlencode(fields).encode(), Cookie=visitor.cookie)

    return make


def device_save(visitor: Visitor) -> Maker:
    """Return what sends one field as a device does."""
    told, revision = visitor.device(), revision_of(visitor)

    def make() -> bytes:
        nonlocal revision
        values = {"letters-0-who": [f"Fluvius {revision:08}", revision]}
        body = json.dumps({"id": str(uuid4()), "owner": told["owner"], "values": values}).encode()
        revision += 1
        token = {"X_CSRFToken": told["token"]}
        return post(f"{STEP}/work", visitor.host, body, "application/json", Cookie=visitor.cookie, **token)

    return make


def revision_of(visitor: Visitor) -> int:
    """Return the revision that a step's form was made from."""
    page = visitor.get(STEP)
    return int(page.split('name="base" value="', 1)[1].split('"', 1)[0])
