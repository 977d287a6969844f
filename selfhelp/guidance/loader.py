"""Read our own content: themes and checklists."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from marshmallow import fields, validate

from selfhelp.core.fields import Languages, StrictSchema, Text, load
from selfhelp.core.strict_yaml import read_document
from selfhelp.guidance.domain import Checklist, ChecklistItem, Theme
from selfhelp.offer.schemas import KEY

ITEM_ID = validate.Regexp(r"c[1-9][0-9]?\Z", error="must be c1, c2, ...")


class ThemeSchema(StrictSchema):
    """One theme."""

    key = Text(required=True, validate=KEY)
    first_screen = fields.Boolean(required=True)
    neutral_title = Languages(required=True)
    label = Languages(required=True)
    heading = Languages(required=True)
    intro = Languages(required=True)
    first_step = Languages(required=True)
    good_to_know = fields.List(Languages(), required=True)
    help_lines = fields.List(Text(validate=KEY), required=True)
    say_first = Languages(required=True)


class ThemesSchema(StrictSchema):
    """The whole of `themes.yaml`."""

    themes = fields.List(fields.Nested(ThemeSchema), required=True, validate=validate.Length(min=1))


class ChecklistItemSchema(StrictSchema):
    """One thing to tick."""

    id = Text(required=True, validate=ITEM_ID)
    text = Languages(required=True)
    means = fields.String(required=True, validate=validate.OneOf(["low", "middle", "high"]))
    note = Languages(required=True)
    note_be = Languages(load_default=None)
    note_nl = Languages(load_default=None)


class ChecklistSchema(StrictSchema):
    """A whole checklist."""

    key = Text(required=True, validate=KEY)
    version = Text(required=True)
    theme = Text(required=True, validate=KEY)
    title = Languages(required=True)
    intro = Languages(required=True)
    items = fields.List(fields.Nested(ChecklistItemSchema), required=True, validate=validate.Length(min=3, max=20))
    none_ticked = Languages(required=True)
    some_ticked = Languages(required=True)


@dataclass(frozen=True, slots=True)
class OwnContent:
    """Themes in order, and checklists, by key."""

    themes: Mapping[str, Theme]
    checklists: Mapping[str, Checklist]


def read_own_content(root: Path) -> OwnContent:
    """Read `themes.yaml` and `checklists/*.yaml` below `root`.

    Raises:
        RefusedFile: our own content is part of the product; a fault in it stops the start.
    """
    themes = load(ThemesSchema(), read_document(root / "themes.yaml", "themes.yaml"))["themes"]
    found = [_read_checklist(path) for path in sorted((root / "checklists").glob("*.yaml"))]
    return OwnContent(
        {
            each["key"]: Theme(
                **{**each, "good_to_know": tuple(each["good_to_know"]), "help_lines": tuple(each["help_lines"])}
            )
            for each in themes
        },
        {each.key: each for each in found},
    )


def _read_checklist(path: Path) -> Checklist:
    given = load(ChecklistSchema(), read_document(path, f"checklists/{path.name}"))
    items = []
    for each in given.pop("items"):
        notes = {country: text for country in ("be", "nl") if (text := each.pop(f"note_{country}")) is not None}
        items.append(ChecklistItem(note_by_country=notes, **each))
    return Checklist(items=tuple(items), **given)
