"""The Python scorer against published vectors, golden cases and the laws that every score obeys."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfhelp.core.resources import folder
from selfhelp.instruments.domain.export import outcome_json
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.domain.scoring import Outcome, half_up, score
from selfhelp.instruments.domain.specification import Scale, Specification
from selfhelp.instruments.loader import load_instruments
from tests.instruments.cases import Case, golden_cases, published_vectors

ALL = load_instruments(folder("selftests")).instruments
SLUGS = sorted(ALL)


def outcome_of(slug: str, answers: list[int | None], context: dict[str, str]) -> Outcome:
    specification = ALL[slug].specification
    pairs = zip(specification.items, answers, strict=True)
    return score(specification, {item.id: code for item, code in pairs if isinstance(code, int)}, context)


def agrees(found: Any, expected: Any) -> bool:
    """Whether everything that is expected was found; a case may leave things out."""
    if isinstance(expected, dict):
        return all(key in found and agrees(found[key], value) for key, value in expected.items())
    if isinstance(expected, Fraction):
        return Fraction(str(found)) == expected if found is not None else False
    return bool(found == expected)


@pytest.mark.parametrize("case", [*published_vectors(), *golden_cases()], ids=str)
def test_every_published_vector_and_golden_case_scores_as_expected(case: Case) -> None:
    found = outcome_json(outcome_of(case.slug, case.answers, case.context))
    assert agrees(found, case.expected), found


def test_every_instrument_has_golden_cases_that_name_all_its_scales_and_flags() -> None:
    by_slug: dict[str, list[Case]] = {}
    for case in golden_cases():
        by_slug.setdefault(case.slug, []).append(case)
        specification = ALL[case.slug].specification
        assert set(case.expected["scales"]) == {scale.id for scale in specification.scales}, case
        assert set(case.expected["flags"]) == {flag.id for flag in specification.flags}, case
    assert sorted(by_slug) == SLUGS
    assert all(len(cases) >= 5 for cases in by_slug.values())


def answer_sets(specification: Specification) -> st.SearchStrategy[list[int | None]]:
    return st.tuples(*[st.sampled_from([*item.codes, None]) for item in specification.items]).map(list)


def whole_sets(specification: Specification) -> st.SearchStrategy[list[int | None]]:
    return st.tuples(*[st.sampled_from(item.codes) for item in specification.items]).map(list)


@pytest.mark.parametrize("slug", SLUGS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_score_lies_in_its_range_and_its_band_holds_it(slug: str, data: st.DataObject) -> None:
    specification = ALL[slug].specification
    outcome = outcome_of(slug, data.draw(answer_sets(specification)), {})
    for scale in specification.scales:
        found = outcome.scales[scale.id]
        if found.score is not None:
            assert scale.low <= found.score <= scale.high
            assert found.score * 10**scale.decimals == int(found.score * 10**scale.decimals)
            assert (found.band is not None) == bool(scale.bands)
        else:
            assert found.band is None
            assert not found.prorated


def direction(scale: Scale, item: str, specification: Specification) -> int:
    """Return +1 where a higher code never lowers the scale, -1 where it never raises it, 0 where neither holds."""
    if scale.dichotomise is not None:
        counting = scale.dichotomise[item]
        codes = sorted(specification.item(item).codes)
        ones = [code in counting for code in codes]
        return 1 if ones == sorted(ones) else -1 if ones == sorted(ones, reverse=True) else 0
    return -1 if item in scale.reverse else 1


@pytest.mark.parametrize("slug", SLUGS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_raising_one_answer_moves_each_scale_in_its_own_direction_or_not_at_all(slug: str, data: st.DataObject) -> None:
    specification = ALL[slug].specification
    answers = data.draw(whole_sets(specification))
    index = data.draw(st.integers(0, len(answers) - 1))
    item = specification.items[index]
    higher = [code for code in item.codes if code > (answers[index] or 0)]
    if not higher:
        return
    before = outcome_of(slug, answers, {})
    after = outcome_of(slug, [*answers[:index], data.draw(st.sampled_from(higher)), *answers[index + 1 :]], {})
    for scale in specification.scales:
        if scale.method == "from":
            continue
        old, new = before.scales[scale.id].score, after.scales[scale.id].score
        assert old is not None
        assert new is not None
        way = direction(scale, item.id, specification) if item.id in scale.items else 0
        assert (new >= old) if way > 0 else (new <= old) if way < 0 else new == old


@pytest.mark.parametrize("slug", SLUGS)
def test_the_extreme_answers_reach_both_ends_of_every_computed_scale(slug: str) -> None:
    specification = ALL[slug].specification
    for scale in specification.scales:
        if scale.method == "from":
            continue
        ends = []
        for sign in (-1, 1):
            answers = [
                (max if direction(scale, item.id, specification) * sign > 0 else min)(item.codes)
                if item.id in scale.items
                else min(item.codes)
                for item in specification.items
            ]
            ends.append(outcome_of(slug, list(answers), {}).scales[scale.id].score)
        assert ends == [scale.low, scale.high]


@pytest.mark.parametrize("slug", SLUGS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_mirroring_every_answer_mirrors_a_sum_without_dichotomy(slug: str, data: st.DataObject) -> None:
    specification = ALL[slug].specification
    answers = data.draw(whole_sets(specification))
    mirrored = [
        item.lowest + item.highest - code if code is not None else None
        for item, code in zip(specification.items, answers, strict=True)
    ]
    if any(code not in item.codes for item, code in zip(specification.items, mirrored, strict=True)):
        return
    for scale in specification.scales:
        if scale.method == "sum" and scale.dichotomise is None:
            one = outcome_of(slug, answers, {}).scales[scale.id].score
            other = outcome_of(slug, list(mirrored), {}).scales[scale.id].score
            assert one is not None
            assert other is not None
            assert one + other == scale.low + scale.high


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if ALL[slug].specification.safety])
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_a_safety_answer_calls_for_help_whatever_else_is_answered(slug: str, data: st.DataObject) -> None:
    specification = ALL[slug].specification
    answers = data.draw(answer_sets(specification))
    outcome = outcome_of(slug, answers, {})
    given_answers = dict(zip([item.id for item in specification.items], answers, strict=True))
    values = [(given_answers[each.item], each.at_least) for each in specification.safety]
    if any(value is not None and value >= line for value, line in values):
        assert outcome.help is True
        assert outcome.need == "safety"
    elif any(value is None for value, _ in values):
        assert outcome.help is None
    else:
        assert outcome.help is False


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (Fraction(5, 2), 0, Fraction(3)),
        (Fraction(7, 2), 0, Fraction(4)),
        (Fraction(21, 2), 0, Fraction(11)),
        (Fraction(10125, 1000), 2, Fraction(1013, 100)),
        (Fraction(17, 6), 2, Fraction(283, 100)),
    ],
)
def test_a_half_is_rounded_upwards(value: Fraction, decimals: int, expected: Fraction) -> None:
    assert half_up(value, decimals) == expected


def test_the_scorer_never_changes_what_it_was_given(instruments: dict[str, Instrument]) -> None:
    specification = instruments["audit"].specification
    responses = {"q1": 0}
    score(specification, responses, {})
    assert responses == {"q1": 0}
