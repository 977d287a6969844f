"""Read answers that came as text: from a form or from the command line."""

from collections.abc import Iterable, Mapping, Sequence

from selfhelp.instruments.domain.specification import UNCLEAR, Item, Specification
from selfhelp.instruments.errors import UnusableAnswer

UNANSWERED = "-"


def read_answers(specification: Specification, answers: Sequence[str]) -> dict[str, int]:
    """Return responses from answers in item order; `-` is unanswered.

    Raises:
        UnusableAnswer: naming the first item that is missing, too many or holds no code of the item.
    """
    for extra in range(len(specification.items), len(answers)):
        raise UnusableAnswer(f"q{extra + 1}", f"there are {len(specification.items)} items")
    for lacking in specification.items[len(answers) :]:
        raise UnusableAnswer(lacking.id, f"no answer given; write {UNANSWERED} for an unanswered item")
    pairs = zip(specification.items, answers, strict=True)
    return {item.id: code for item, text in pairs if (code := read_code(item, text.strip())) is not None}


def read_code(item: Item, text: str) -> int | None:
    """Return the answer code in `text`, None for unanswered.

    Raises:
        UnusableAnswer: the text is no code of this item, spelt exactly.
    """
    if text == UNANSWERED or (text == UNCLEAR and item.has_unclear):
        return None
    for code in item.codes:
        # Compared as text: "1.0", "+1", "٣" and "1e0" are not what any form of ours sends.
        if text == str(code):
            return code
    raise UnusableAnswer(item.id, f"must be one of {', '.join(map(str, item.codes))}, or {UNANSWERED}")


def read_context(specification: Specification, pairs: Iterable[str]) -> dict[str, str]:
    """Return context from `key=value` texts.

    Raises:
        UnusableAnswer: an unknown key, a key given twice, or a value that the key does not have.
    """
    known: Mapping[str, Sequence[str]] = {key.id: key.values for key in specification.context}
    found: dict[str, str] = {}
    for pair in pairs:
        key, _, value = pair.partition("=")
        if key not in known:
            raise UnusableAnswer(key or pair, "is no context of this instrument")
        if key in found:
            raise UnusableAnswer(key, "is given twice")
        if value not in known[key]:
            raise UnusableAnswer(key, f"must be one of {', '.join(known[key])}")
        found[key] = value
    return found
