"""The words that a client says yes to: one purpose each, on a line of the sheet. Other words are a new version; all stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from marshmallow import ValidationError, fields, validate

from selfhelp.core.fields import Languages, StrictSchema, Text, Whole, load, one_of
from selfhelp.core.prose import Localised, in_language
from selfhelp.core.strict_yaml import read_document

LINES = ("reach", "others", "numbers")
PURPOSE = validate.Regexp(r"[a-z]+(-[a-z]+)*\Z", error="must be a key such as notices-sms")


def _newest_first(texts: Sequence[Mapping[str, Any]]) -> None:
    versions = [each["version"] for each in texts]
    if versions != list(range(len(versions), 0, -1)):
        raise ValidationError("must hold every version down to 1, the newest first")


def _once(consents: Sequence[Mapping[str, Any]]) -> None:
    purposes = [each["purpose"] for each in consents]
    if len(purposes) != len(set(purposes)):
        raise ValidationError("has the same purpose twice")


class ConsentTextSchema(StrictSchema):
    """One version of the words of a purpose."""

    version = Whole(required=True, validate=validate.Range(min=1))
    words = Languages(required=True)
    stopping = Languages(required=True)


class PurposeSchema(StrictSchema):
    """One purpose with every version of its words, the newest first."""

    purpose = Text(required=True, validate=PURPOSE)
    line = one_of(*LINES)
    texts = fields.List(fields.Nested(ConsentTextSchema), required=True, validate=[validate.Length(min=1), _newest_first])


class ConsentTextsSchema(StrictSchema):
    """The whole of `consents.yaml`."""

    consents = fields.List(fields.Nested(PurposeSchema), required=True, validate=[validate.Length(min=1), _once])


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What somebody says yes to (`words`), and what happens after stopping, by language and register."""

    purpose: str
    line: str
    version: int
    words: Localised
    stopping: Localised

    def ticked(self, said: str) -> str:
        """Return what the box of this consent sends: it tells which words stood beside it."""
        return f"{self.purpose}.{self.version}.{self.digest(said).hex()[:16]}"

    def shown(self, said: str) -> str:
        """Return the exact words that are shown: `said` is language and register, `nl-u` say."""
        language, _, register = said.partition("-")
        return in_language(self.words, language).by(register)

    def digest(self, said: str) -> bytes:
        """Return the digest of the exact words that are shown."""
        return sha256(f"{self.purpose}|{self.version}|{said}|{self.shown(said)}".encode()).digest()


@dataclass(frozen=True, slots=True)
class Consents:
    """Every purpose that this product may ask for, in order: `texts` is what is asked now, `earlier` what was asked once."""

    texts: tuple[ConsentText, ...]
    earlier: tuple[ConsentText, ...] = ()

    def find(self, purpose: str, version: int, said: str, digest: bytes) -> ConsentText | None:
        """Return the text that somebody said yes to; None where the words that are known are not those that were read."""
        known = (each for each in (*self.texts, *self.earlier) if (each.purpose, each.version) == (purpose, version))
        return next((each for each in known if each.digest(said) == digest), None)


def read_consent_texts(path: Path) -> Consents:
    """Read `consents.yaml`.

    Raises:
        RefusedFile: our own content is part of the product; a fault in it stops the start.
    """
    found = load(ConsentTextsSchema(), read_document(path, path.name))["consents"]
    texts = [ConsentText(each["purpose"], each["line"], **text) for each in found for text in each["texts"]]
    newest = {text.purpose: text for text in reversed(texts)}
    return Consents(
        tuple(newest[each["purpose"]] for each in found), tuple(text for text in texts if text is not newest[text.purpose])
    )
