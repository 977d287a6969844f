"""The permissions that owners gave to one organisation: `permissions.yaml` in its data folder."""

from collections.abc import Sequence
from pathlib import Path

import yaml
from marshmallow import fields

from selfhelp.core.fields import Day, StrictSchema, Text, load
from selfhelp.core.strict_yaml import read_document
from selfhelp.instruments.domain.passport import PermissionGiven

FILE_NAME = "permissions.yaml"


class PermissionSchema(StrictSchema):
    """One permission."""

    slug = Text(required=True)
    given_by = Text(required=True)
    given_on = Day(required=True)
    reference = Text(required=True)


class PermissionsSchema(StrictSchema):
    """The whole of `permissions.yaml`."""

    permissions = fields.List(fields.Nested(PermissionSchema), required=True)


_SCHEMA = PermissionsSchema()


def read_permissions(folder: Path) -> tuple[PermissionGiven, ...]:
    """Return the recorded permissions; none when there is no file yet.

    Raises:
        RefusedFile: the file is there but faulty.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return ()
    loaded = load(_SCHEMA, read_document(path, f"{folder.name}/{FILE_NAME}"))
    return tuple(PermissionGiven(**each) for each in loaded["permissions"])


def write_permissions(folder: Path, permissions: Sequence[PermissionGiven]) -> None:
    """Replace the file in one step, so that a crash leaves the old or the new one."""
    rows = [
        {"slug": each.slug, "given_by": each.given_by, "given_on": each.given_on.isoformat(), "reference": each.reference}
        for each in permissions
    ]
    fresh = folder / f"{FILE_NAME}.new"
    # Dates stay quoted texts: every reader then sees the same thing.
    fresh.write_text(yaml.safe_dump({"permissions": rows}, allow_unicode=True, sort_keys=False), encoding="utf-8")
    fresh.replace(folder / FILE_NAME)
