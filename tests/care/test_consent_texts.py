"""The words of consents: frozen, every version kept, so that a yes can always be shown with what it was said to."""

import json
from pathlib import Path

import pytest

from selfhelp.care.consent_texts import Consents, read_consent_texts
from selfhelp.core.errors import RefusedFile
from selfhelp.core.resources import folder

FROZEN = Path(__file__).with_name("consent_digests.json")
TEXT = "words: {nl: {u: U, je: Je}, en: You}, stopping: {nl: {u: U, je: Je}, en: You}"


def digests(texts: Consents) -> dict[str, str]:
    """Return the digest of every version of every text, in each language and register in which it can be read."""
    return {
        f"{each.purpose} {each.version} {language}-{register}": each.digest(f"{language}-{register}").hex()
        for each in (*texts.texts, *texts.earlier)
        for language in sorted(each.words)
        for register in ("u", "je")
    }


def test_no_text_that_somebody_may_have_said_yes_to_ever_changes() -> None:
    """To change words, add a version above the old ones in `consents.yaml`, and its digests to the file of this test."""
    assert digests(read_consent_texts(folder("content") / "consents.yaml")) == json.loads(FROZEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("versions", [(1, 2), (2,), (3, 1), (1, 1)])
def test_a_version_that_is_left_out_or_in_the_wrong_order_is_refused(versions: tuple[int, ...], tmp_path: Path) -> None:
    texts = "".join(f"\n      - {{version: {each}, {TEXT}}}" for each in versions)
    path = tmp_path / "consents.yaml"
    path.write_text(f"consents:\n  - purpose: notices-sms\n    line: reach\n    texts:{texts}\n", encoding="utf-8")
    with pytest.raises(RefusedFile, match="newest first"):
        read_consent_texts(path)


def test_the_newest_version_is_asked_and_the_earlier_ones_are_kept(tmp_path: Path) -> None:
    texts = "".join(f"\n      - {{version: {each}, {TEXT}}}" for each in (2, 1))
    path = tmp_path / "consents.yaml"
    path.write_text(f"consents:\n  - purpose: notices-sms\n    line: reach\n    texts:{texts}\n", encoding="utf-8")
    found = read_consent_texts(path)
    assert [each.version for each in found.texts] == [2]
    assert [each.version for each in found.earlier] == [1]
    old = found.earlier[0]
    assert found.find("notices-sms", 1, "nl-u", old.digest("nl-u")) is old
    assert found.find("notices-sms", 2, "nl-u", old.digest("nl-u")) is None
