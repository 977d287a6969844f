"""The device shows the same passages and writes the same numbers as the server, for every instrument and variant."""

import json
import random
import subprocess
from pathlib import Path

from selfhelp.assessments.domain import passages
from selfhelp.assessments.presentation import outcome_values
from selfhelp.instruments.domain.export import specification_json
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.domain.scoring import score
from tools.machine import node

RUNNER = Path(__file__).parent / "passage_lines.mjs"
SETS = 60


def test_both_show_the_same_passages_and_numbers(instruments: dict[str, Instrument]) -> None:
    chance = random.Random(11)  # noqa: S311  # answers, not secrets
    specs, lines, expected = [], [], []
    for instrument in instruments.values():
        specification = instrument.specification
        for bands_shown in (True, False):
            specs.append(specification_json(specification, bands_shown=bands_shown))
            for number in range(SETS):
                missing = chance.choice([0, 0, 0.1, 0.6])
                answers = [None if chance.random() < missing else chance.choice(item.codes) for item in specification.items]
                context = {key.id: chance.choice(key.values) for key in specification.context}
                language = ("nl", "en")[number % 2]
                lines.append({"spec_index": len(specs) - 1, "answers": answers, "context": context, "language": language})
                given = {
                    item.id: code for item, code in zip(specification.items, answers, strict=True) if isinstance(code, int)
                }
                outcome = score(specification, given, context)
                values = outcome_values(instrument, language, outcome, bands_shown=bands_shown)
                shown = {id_: values[f"{id_}.score"] for id_, each in outcome.scales.items() if each.score is not None}
                prorated = [id_ for id_, each in outcome.scales.items() if each.prorated]
                keys = sorted(passages(outcome, bands_shown=bands_shown))
                expected.append({"keys": keys, "written": shown, "prorated": prorated})
    text = "\n".join([json.dumps(specs), *map(json.dumps, lines)])
    run = subprocess.run([node(), str(RUNNER)], input=text, capture_output=True, text=True, check=True)
    assert len(expected) > 2_000
    assert [json.loads(line) for line in run.stdout.splitlines()] == expected
