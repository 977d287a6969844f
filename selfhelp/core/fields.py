"""Marshmallow fields that our data files share, and problems that name file, line and field."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from selfhelp.core.errors import Problem, RefusedFile
from selfhelp.core.prose import Prose
from selfhelp.core.strict_yaml import Document, Where

LANGUAGE = re.compile(r"[a-z]{2}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class StrictSchema(Schema):
    """Refuses any field it does not know: a misspelt key must not silently do nothing."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE


class Text(fields.String):
    """A non-empty text. A number in its place is a slip of the pen and is refused."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            raise ValidationError("must be a text that is not empty")
        return value.strip()


class Whole(fields.Integer):
    """A whole number, written as one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strict=True, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValidationError("must be a whole number")
        return value


class Number(fields.Field[Fraction]):
    """An exact number: whole, or written with a decimal point."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Fraction:
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            raise ValidationError("must be a number")
        return Fraction(value)


class Day(fields.Field[date]):
    """A date as YYYY-MM-DD."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        # `fromisoformat` alone also reads 20261231 and 2026-W53-4.
        try:
            if DAY.fullmatch(value):
                return date.fromisoformat(value)
        except (TypeError, ValueError):
            pass
        raise ValidationError("must be a date as 2026-12-31")


class Registers(fields.Field[Prose]):
    """A text, or one for `u` and one for `je`."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Prose:
        if isinstance(value, str) and value.strip():
            return Prose(value.strip(), value.strip())
        if isinstance(value, dict) and set(value) == {"u", "je"}:
            formal, informal = value["u"], value["je"]
            if isinstance(formal, str) and isinstance(informal, str) and formal.strip() and informal.strip():
                return Prose(formal.strip(), informal.strip())
        raise ValidationError("must be a text, or a text for `u` and one for `je`")


class Languages(fields.Field[dict[str, Prose]]):
    """A text by language (`nl` and `en` at least), or one text that is the same in all."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        registers = Registers()
        if isinstance(value, str):
            return {"nl": registers.deserialize(value)}
        if not isinstance(value, dict) or not {"nl", "en"} <= set(value):
            raise ValidationError("must be a text, or texts for `nl` and `en`")
        if not all(isinstance(key, str) and LANGUAGE.fullmatch(key) for key in value):
            raise ValidationError("has a key that is no language")
        return {language: registers.deserialize(text) for language, text in value.items()}


class ByKey(fields.Dict):
    """Values by key. A fault stands at its key: marshmallow's own `key` and `value` in between could be names of fields."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        try:
            return super()._deserialize(value, attr, data, **kwargs)  # type: ignore[no-untyped-call]  # marshmallow's
        except ValidationError as error:
            if not isinstance(error.messages, dict):
                raise
            raise ValidationError({key: list(each.values()) for key, each in error.messages.items()}) from error


def one_of(*values: str) -> fields.String:
    """Return a required field that holds one of `values`."""
    return fields.String(required=True, validate=validate.OneOf(values))


def load(schema: Schema, document: Document) -> dict[str, Any]:
    """Check a document against a schema and return its fields.

    Raises:
        RefusedFile: one problem per fault, each with its line.
    """
    if not isinstance(document.value, dict):
        raise RefusedFile([Problem(document.name, 1, "", "must hold fields, `name: value`")])
    try:
        loaded: dict[str, Any] = schema.load(document.value)
    except ValidationError as error:
        found = [document.problem(where, reason) for where, reason in _flat(error.messages, ())]
        raise RefusedFile(sorted(found, key=lambda problem: problem.line or 0)) from error
    return loaded


def _flat(messages: Any, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from _flat(inner, where if key == "_schema" else (*where, key))
    elif isinstance(messages, list):
        for inner in messages:
            yield from _flat(inner, where)
    else:
        yield where, str(messages).rstrip(".").lower() if str(messages).endswith(".") else str(messages)
