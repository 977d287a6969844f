"""The shape of a training's files, field by field."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate

from selfhelp.core.fields import Day, StrictSchema, Text, Whole
from selfhelp.core.prose import Prose
from selfhelp.modules.domain import CELLS, COUNTRIES, KINDS, twin

KEY = validate.Regexp(r"[a-z][a-z0-9-]{0,39}\Z", error="must be a key of small letters, digits and -")
WORD = validate.Regexp(r"[a-z][a-z0-9_]{0,19}\Z", error="must be an id of small letters")
MINUTES = validate.OneOf([5, 10, 15, 20])


def _twin(value: object) -> Prose:
    if not isinstance(value, str) or not value.strip():
        raise ValidationError("must be a text that is not empty")
    try:
        return twin(value.strip())
    except ValueError as error:
        raise ValidationError(str(error)) from error


class Twin(fields.Field[Prose]):
    """A text with `{u-form|je-form}` where the registers differ."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Prose:
        return _twin(value)


class TwinLanguages(fields.Field[dict[str, Prose]]):
    """A text in Dutch and English."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> dict[str, Prose]:
        if not isinstance(value, dict) or not {"nl", "en"} <= set(value):
            raise ValidationError("must hold texts for `nl` and `en`")
        return {language: _twin(text) for language, text in value.items()}


def _countries(**more: Any) -> fields.Field[Any]:
    return fields.List(fields.String(validate=validate.OneOf(COUNTRIES)), validate=validate.Length(min=1), **more)


class ExerciseSchema(StrictSchema):
    """One exercise of a step."""

    id = Text(required=True, validate=WORD)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    options = fields.List(Text(validate=WORD), load_default=list, validate=validate.Length(max=10))
    columns = fields.Dict(Text(validate=WORD), fields.String(validate=validate.OneOf(CELLS)), load_default=None)
    rows = Whole(load_default=0, validate=validate.Range(0, 30))


class StepSchema(StrictSchema):
    """One step."""

    key = Text(required=True, validate=KEY)
    minutes = Whole(required=True, validate=MINUTES)
    countries = _countries(load_default=list)
    exercises = fields.List(fields.Nested(ExerciseSchema), load_default=list, validate=validate.Length(max=4))


class BlockSchema(StrictSchema):
    """A block of steps."""

    key = Text(required=True, validate=WORD)
    steps = fields.List(fields.Nested(StepSchema), required=True, validate=validate.Length(min=1))


class ModuleSchema(StrictSchema):
    """The whole of `module.yaml`."""

    key = Text(required=True, validate=KEY)
    version = Text(required=True, validate=validate.Regexp(r"\d+\.\d+\.\d+\Z"))
    theme = Text(required=True, validate=KEY)
    blocks = fields.List(fields.Nested(BlockSchema), required=True, validate=validate.Length(min=2, max=4))


class ModuleTextSchema(StrictSchema):
    """The whole of `text.<lang>.yaml`."""

    title = Twin(required=True)
    what = Twin(required=True)
    for_whom = Twin(required=True)
    begin = Twin(required=True)
    blocks = fields.Dict(Text(validate=WORD), Twin(), required=True)


class ExerciseTextSchema(StrictSchema):
    """The words of one exercise."""

    label = Twin(required=True)
    help = Twin(load_default=None)
    options = fields.Dict(Text(), Twin(), load_default=dict)
    columns = fields.Dict(Text(), Twin(), load_default=dict)
    low = Twin(load_default=None)
    high = Twin(load_default=None)


class StepTextSchema(StrictSchema):
    """The front matter of a step's file."""

    title = Twin(required=True)
    exercises = fields.Dict(Text(), fields.Nested(ExerciseTextSchema), load_default=dict)


class FactSchema(StrictSchema):
    """One fact that ages."""

    key = Text(required=True, validate=KEY)
    countries = _countries(required=True)
    confidence = fields.String(required=True, validate=validate.OneOf(["H", "M", "L"]))
    source = Text(required=True)
    verified_on = Day(required=True, allow_none=True)
    exact = TwinLanguages(required=True)
    careful = TwinLanguages(required=True)


class FactsSchema(StrictSchema):
    """The whole of `facts.yaml`."""

    facts = fields.List(fields.Nested(FactSchema), required=True)
