"""The golden cases of each instrument, and the published vectors, in one shape."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selfhelp.core.resources import folder
from selfhelp.core.strict_yaml import read_document

VECTORS = Path(__file__).parent / "vectors.json"


@dataclass(frozen=True)
class Case:
    slug: str
    note: str
    answers: list[int | None]
    context: dict[str, str]
    expected: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.slug}: {self.note}"


def golden_cases() -> Iterator[Case]:
    for path in sorted(folder("selftests").glob("*/cases.yaml")):
        for index, case in enumerate(read_document(path, path.name).value):
            note = f"{index + 1} {case.get('note', '')}"
            expected = {key: case[key] for key in ("scales", "flags", "complete")}
            yield Case(path.parent.name, note, case["answers"], case.get("context") or {}, expected)


def published_vectors() -> Iterator[Case]:
    for index, case in enumerate(json.loads(VECTORS.read_text(encoding="utf-8"))):
        expected = {"scales": case["scales"], "flags": case["flags"]}
        yield Case(case["id"], f"{index + 1} {case.get('note', '')}", case["answers"], case["context"], expected)
