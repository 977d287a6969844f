"""Python and JavaScript score every answer alike: vectors, golden cases, and 51,000 generated sets over all instruments."""

import json
import random
import subprocess
from pathlib import Path
from typing import Any

from selfhelp.instruments.domain.export import outcome_json, specification_json
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.domain.scoring import score
from selfhelp.instruments.domain.specification import Specification
from tests.instruments.cases import golden_cases, published_vectors
from tools.machine import node

RUNNER = Path(__file__).parent.parent / "assessments" / "score_lines.mjs"
SETS_PER_INSTRUMENT = 3_000


def generated(specification: Specification, chance: random.Random) -> dict[str, Any]:
    """Return answers with none, few or many missing, and a context with known and unknown values."""
    missing = chance.choice([0, 0, 0, 0.05, 0.15, 0.5, 1])
    answers = [None if chance.random() < missing else chance.choice(item.codes) for item in specification.items]
    if specification.skip and chance.random() < 0.4:
        answers[0] = specification.items[0].lowest
    context = {key.id: chance.choice(key.values) for key in specification.context if chance.random() < 0.7}
    return {"answers": answers, "context": context}


def python_result(specification: Specification, line: dict[str, Any]) -> dict[str, Any]:
    pairs = zip(specification.items, line["answers"], strict=True)
    outcome = score(specification, {item.id: code for item, code in pairs if isinstance(code, int)}, line["context"])
    found = outcome_json(outcome)
    found.pop("instrument")
    return {**found, "help": outcome.help, "level": outcome.need}


def javascript_results(specifications: list[Specification], lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    first = json.dumps([specification_json(each) for each in specifications])
    text = "\n".join([first, *map(json.dumps, lines)]) + "\n"
    run = subprocess.run([node(), str(RUNNER)], input=text, capture_output=True, text=True, check=True, timeout=300)
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_both_scorers_agree_on_every_answer(instruments: dict[str, Instrument]) -> None:
    order = sorted(instruments)
    specifications = [instruments[slug].specification for slug in order]
    chance = random.Random(20261123)  # noqa: S311  # answers, not secrets
    lines = [
        {"spec_index": order.index(case.slug), "answers": case.answers, "context": case.context}
        for case in (*published_vectors(), *golden_cases())
    ]
    for index, specification in enumerate(specifications):
        lines += [{"spec_index": index, **generated(specification, chance)} for _ in range(SETS_PER_INSTRUMENT)]
    assert len(lines) >= 50_000

    theirs = javascript_results(specifications, lines)
    assert len(theirs) == len(lines)
    different = [
        (order[line["spec_index"]], line["answers"], line["context"], mine, other)
        for line, other in zip(lines, theirs, strict=True)
        if (mine := python_result(specifications[line["spec_index"]], line)) != other
    ]
    assert not different, different[:3]
