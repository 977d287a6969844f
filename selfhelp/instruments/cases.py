"""The golden cases of each instrument: `cases.yaml`, answers and the scores that they must give."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from selfhelp.core.errors import Problem, RefusedFile
from selfhelp.core.strict_yaml import Document, read_document
from selfhelp.instruments.domain.export import outcome_json
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.domain.scoring import score

FILE_NAME = "cases.yaml"


def case_problems(shelf: Path, instruments: Mapping[str, Instrument]) -> Iterator[Problem]:
    """Yield each golden case that an instrument of `shelf` does not score as it says, and each instrument without any."""
    for slug, instrument in instruments.items():
        name = f"{slug}/{FILE_NAME}"
        try:
            document = read_document(shelf / slug / FILE_NAME, name)
        except RefusedFile as refused:
            yield from refused.problems
            continue
        yield from _wrong_cases(instrument, document)


def _wrong_cases(instrument: Instrument, document: Document) -> Iterator[Problem]:
    cases = document.value if isinstance(document.value, list) else []
    if not cases:
        yield Problem(document.name, None, "", "holds no cases")
    for index, case in enumerate(cases):
        try:
            found = _scored(instrument, case)
            wrong = [key for key in ("scales", "flags", "complete") if found[key] != _plain(case[key])]
        except (KeyError, TypeError, ValueError) as error:
            yield document.problem((index,), f"cannot be scored: {error!r}")
            continue
        for key in wrong:
            yield document.problem((index, key), f"gives {found[key]}")


def _plain(value: Any) -> Any:
    # The file's exact decimals beside the numbers that the command prints.
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return float(value) if isinstance(value, Fraction) else value


def _scored(instrument: Instrument, case: Mapping[str, Any]) -> dict[str, Any]:
    pairs = zip(instrument.specification.items, case["answers"], strict=True)
    responses = {item.id: code for item, code in pairs if isinstance(code, int)}
    return outcome_json(score(instrument.specification, responses, case.get("context") or {}))
