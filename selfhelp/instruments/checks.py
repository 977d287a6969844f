"""What no schema can see: fields of an instrument that must fit each other. Yields `(where, reason)`."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from selfhelp.core.strict_yaml import Where
from selfhelp.instruments.domain.specification import UNCLEAR

Fault = tuple[Where, str]
Fields = Mapping[str, Any]


def instrument_faults(fields: Fields) -> Iterator[Fault]:
    """Yield every misfit inside `instrument.yaml`."""
    yield from _option_faults(fields)
    yield from _item_faults(fields)
    items = {item["id"]: _codes(fields, item) for item in fields["items"]}
    scoring = fields["scoring"]
    for key, scale in scoring["scales"].items():
        where: Where = ("scoring", "scales", key)
        yield from _scale_faults(scale, items, where)
        if scale["method"] == "from":
            yield from _table_faults(scale, scoring, where)
        yield from _stretch_faults(scale, where)
    yield from _rule_faults(scoring, items)
    yield from _safety_faults(fields, items)
    yield from _passport_faults(fields)


def _codes(fields: Fields, item: Fields) -> list[int]:
    return [code for code in fields["options"].get(item["options"], []) if isinstance(code, int)]


def _option_faults(fields: Fields) -> Iterator[Fault]:
    for key, codes in fields["options"].items():
        if any(isinstance(code, bool) or not (isinstance(code, int) or code == UNCLEAR) for code in codes):
            yield ("options", key), f"codes are whole numbers, or `{UNCLEAR}`"
        if len(set(map(str, codes))) != len(codes):
            yield ("options", key), "has a code twice"


def _item_faults(fields: Fields) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, item in enumerate(fields["items"]):
        where: Where = ("items", index, "id")
        if item["id"] in seen:
            yield where, f"{item['id']} stands here twice"
        elif item["id"] != f"q{index + 1}":
            yield where, f"the number must be the position: q{index + 1}"
        seen.add(item["id"])
        if item["options"] not in fields["options"]:
            yield ("items", index, "options"), f"there are no options called {item['options']}"


def _scale_faults(scale: Fields, items: Mapping[str, list[int]], where: Where) -> Iterator[Fault]:
    if scale["method"] != "from" and not scale["items"]:
        yield (*where, "items"), "a sum or mean needs items"
    for name in ("items", "reverse"):
        if len(set(scale[name])) != len(scale[name]):
            yield (*where, name), "has an item twice"
        for item in scale[name]:
            if item not in items:
                yield (*where, name), f"there is no item {item}"
            elif name == "reverse" and item not in scale["items"]:
                yield (*where, name), f"{item} is not in this scale"
    if scale["missing"] and scale["missing"]["allow"] >= max(1, len(scale["items"])):
        yield (*where, "missing"), "allows every item to be missing"
    if scale["dichotomise"] is not None:
        yield from _dichotomy_faults(scale, items, where)


def _dichotomy_faults(scale: Fields, items: Mapping[str, list[int]], where: Where) -> Iterator[Fault]:
    if set(scale["dichotomise"]) != set(scale["items"]):
        yield (*where, "dichotomise"), "must name each item of the scale, and no other"
    for item, codes in scale["dichotomise"].items():
        if not codes or not set(codes) <= set(items.get(item, [])):
            yield (*where, "dichotomise", item), "has a code that the item does not offer"


def _table_faults(scale: Fields, scoring: Fields, where: Where) -> Iterator[Fault]:
    source, table = scoring["scales"].get(scale["source"]), scale["table"]
    if source is None or source["method"] == "from" or table is None:
        yield where, "`from` must name a summed scale, and needs a table"
        return
    rows = [""]
    for key in table["by"]:
        values = scoring["context"].get(key, {}).get("values", [])
        rows = [f"{row}/{value}" if row else value for row in rows for value in values]
    if set(rows) != set(table["rows"]):
        yield (*where, "table", "rows"), f"must be exactly {', '.join(rows) or 'known context values'}"
    for key, entries in table["rows"].items():
        if len(entries) != source["range"][1] - source["range"][0] + 1 or source["range"][0] != 0:
            yield (*where, "table", "rows", key), "needs one entry for each score of its source, from 0"


def _stretch_faults(scale: Fields, where: Where) -> Iterator[Fault]:
    low, high = scale["range"]
    if low >= high:
        yield (*where, "range"), "the lowest score comes first"
    step = Fraction(1, 10 ** scale["decimals"])
    for name in ("bands", "levels"):
        stretches, reached = scale[name], low
        if not stretches:
            continue
        for index, each in enumerate(stretches):
            here: Where = (*where, name, index, "from")
            if each["start"] > each["end"]:
                yield here, "begins after its end"
            elif each["start"] < reached:
                yield here, "overlaps the one before it" if index else "begins below the range"
            elif each["start"] > reached:
                yield here, f"leaves a gap: {float(reached):g} belongs to nothing"
            reached = each["end"] + step
        if reached != high + step:
            yield (*where, name), f"must end at {float(high):g}, the end of the range"
    if len({band["key"] for band in scale["bands"]}) != len(scale["bands"]):
        yield (*where, "bands"), "has a key twice"


def _rule_faults(scoring: Fields, items: Mapping[str, list[int]]) -> Iterator[Fault]:
    for index, rule in enumerate(scoring["skip"]):
        for item in (*rule["when"]["sum"], *rule["skip"]):
            if item not in items:
                yield ("scoring", "skip", index), f"there is no item {item}"
    for key, context in scoring["context"].items():
        if context["default"] is not None and context["default"] not in context["values"]:
            yield ("scoring", "context", key, "default"), "is not one of the values"
    for key, flag in scoring["flags"].items():
        where: Where = ("scoring", "flags", key)
        if (flag["scale"] is None) == (flag["item"] is None):
            yield where, "reads either one scale or one item"
        if flag["scale"] is not None and flag["scale"] not in scoring["scales"]:
            yield (*where, "scale"), f"there is no scale {flag['scale']}"
        if flag["item"] is not None and flag["item"] not in items:
            yield (*where, "item"), f"there is no item {flag['item']}"
        yield from _threshold_faults(flag["at_least"], scoring, (*where, "at_least"))


def _threshold_faults(line: Any, scoring: Fields, where: Where) -> Iterator[Fault]:
    if isinstance(line, int) and not isinstance(line, bool):
        return
    if not isinstance(line, dict) or line.get("by") not in scoring["context"]:
        yield where, "must be a whole number, or one per value `by` a context key"
        return
    values = {key: value for key, value in line.items() if key != "by"}
    if set(values) != set(scoring["context"][line["by"]]["values"]):
        yield where, f"must have one number for each value of {line['by']}"
    if not all(isinstance(value, int) and not isinstance(value, bool) for value in values.values()):
        yield where, "must be whole numbers"


def _safety_faults(fields: Fields, items: Mapping[str, list[int]]) -> Iterator[Fault]:
    for index, safety in enumerate(fields["safety"]):
        where: Where = ("safety", index)
        if safety["item"] not in items:
            yield (*where, "item"), f"there is no item {safety['item']}"
        elif safety["at_least"] not in items[safety["item"]]:
            yield (*where, "at_least"), "is not a code of that item"
        flag = fields["scoring"]["flags"].get(safety["flag"]) if safety["flag"] else None
        if safety["flag"] and (flag is None or flag["item"] != safety["item"]):
            yield (*where, "flag"), "must be a flag on the same item"


def _passport_faults(fields: Fields) -> Iterator[Fault]:
    scoring, passport = fields["scoring"], fields["passport"]
    described = {cut_off["of"] for cut_off in passport["cut_offs"]}
    expected = {key for key, scale in scoring["scales"].items() if scale["bands"]}
    expected |= {key for key, flag in scoring["flags"].items() if flag["scale"]}
    for missing in sorted(expected - described):
        yield ("passport", "cut_offs"), f"says nothing about {missing}"
    for extra in sorted(described - set(scoring["scales"]) - set(scoring["flags"])):
        yield ("passport", "cut_offs"), f"there is no scale or flag {extra}"
    value = passport["reliable_change"]["value"]
    if value not in {"none", "unknown"} and (isinstance(value, bool) or not isinstance(value, int | Fraction)):
        yield ("passport", "reliable_change", "value"), "must be a number, none or unknown"


def text_faults(text: Fields, fields: Fields, language: str) -> Iterator[Fault]:
    """Yield every misfit between a `text.<lang>.yaml` and its instrument."""
    item_ids = {item["id"] for item in fields["items"]}
    scoring, wording = fields["scoring"], text["wording"]
    if text["lang"] != language:
        yield ("lang",), f"must be {language}, as the file's name says"
    yield from _difference(set(text["plain"]), item_ids, ("plain",))
    if (wording is not None) != (language in fields["passport"]["wording"]):
        yield ("wording",), "stands here exactly when the passport says where this language's wording comes from"
    if wording is not None:
        yield from wording_faults(wording, fields, ("wording",))
    yield from _difference(set(text["scales"]), _shown(scoring), ("scales",))
    for key in _shown(scoring) & set(text["scales"]):
        yield from _scale_word_faults(text["scales"][key], scoring["scales"][key], ("scales", key))
    asked = {key for key, context in scoring["context"].items() if context["ask"]}
    yield from _difference(set(text["context"]), asked, ("context",))
    for key in asked & set(text["context"]):
        values = set(scoring["context"][key]["values"])
        yield from _difference(set(text["context"][key]["values"]), values, ("context", key, "values"))
    for key in set(text["flags"]) - set(scoring["flags"]):
        yield ("flags", key), "there is no such flag"


def wording_faults(wording: Fields, fields: Fields, where: Where = ()) -> Iterator[Fault]:
    """Yield every item or option that a literal wording lacks or has too many."""
    yield from _difference(set(wording["items"]), {item["id"] for item in fields["items"]}, (*where, "items"))
    used = {item["options"] for item in fields["items"]}
    yield from _difference(set(wording["options"]), used, (*where, "options"))
    for key in used & set(wording["options"]):
        codes = set(fields["options"].get(key, []))
        yield from _difference(set(wording["options"][key]), codes, (*where, "options", key))


def _shown(scoring: Fields) -> set[str]:
    return {key for key, scale in scoring["scales"].items() if scale["shown"] != "hidden"}


def _scale_word_faults(words: Fields, scale: Fields, where: Where) -> Iterator[Fault]:
    yield from _difference(set(words["bands"]), {band["key"] for band in scale["bands"]}, (*where, "bands"))
    for key, passage in words["bands"].items():
        if passage["label"] is None or (passage["headline"] is None and scale["shown"] == "first"):
            yield (*where, "bands", key), "needs a label, and a headline on a scale shown first"
    if words["no_band"] is None and not scale["bands"]:
        yield (*where, "no_band"), "is needed on a scale without bands"
    elif words["no_band"] and scale["shown"] == "first" and words["no_band"]["headline"] is None:
        yield (*where, "no_band", "headline"), "is needed on a scale shown first"


def _difference(found: set[Any], expected: set[Any], where: Where) -> Iterator[Fault]:
    for key in sorted(map(str, expected - found)):
        yield where, f"{key} is missing"
    for key in sorted(map(str, found - expected)):
        yield (*where, key), "has no place here"
