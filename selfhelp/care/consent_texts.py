"""The words that a client says yes to: one purpose each, on one line of the sheet. A change of words is a new version."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from marshmallow import fields, validate

from selfhelp.core.fields import Languages, StrictSchema, Text, Whole, load, one_of
from selfhelp.core.prose import Localised, in_language
from selfhelp.core.strict_yaml import read_document

LINES = ("reach", "others", "numbers")
PURPOSE = validate.Regexp(r"[a-z]+(-[a-z]+)*\Z", error="must be a key such as notices-sms")


class ConsentTextSchema(StrictSchema):
    """One purpose."""

    purpose = Text(required=True, validate=PURPOSE)
    line = one_of(*LINES)
    version = Whole(required=True, validate=validate.Range(min=1))
    words = Languages(required=True)
    stopping = Languages(required=True)


class ConsentTextsSchema(StrictSchema):
    """The whole of `consents.yaml`."""

    consents = fields.List(fields.Nested(ConsentTextSchema), required=True, validate=validate.Length(min=1))


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

    def digest(self, said: str) -> bytes:
        """Return the digest of the exact words that were shown: `said` is language and register, `nl-u` say."""
        language, _, register = said.partition("-")
        shown = in_language(self.words, language).by(register)
        return sha256(f"{self.purpose}|{self.version}|{said}|{shown}".encode()).digest()


@dataclass(frozen=True, slots=True)
class Consents:
    """Every purpose that this product may ask for, in order."""

    texts: tuple[ConsentText, ...]


def read_consent_texts(path: Path) -> Consents:
    """Read `consents.yaml`.

    Raises:
        RefusedFile: our own content is part of the product; a fault in it stops the start.
    """
    found = load(ConsentTextsSchema(), read_document(path, path.name))
    return Consents(tuple(ConsentText(**each) for each in found["consents"]))
