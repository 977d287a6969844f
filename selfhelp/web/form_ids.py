"""Ids that a page made and its form brings along: by them a second tap is known as the same thing."""

from uuid import UUID, uuid4

from flask import request


def id_of(name: str) -> UUID:
    """Return the id in a field of the form; a form without one (or with nonsense) is a thing of its own."""
    return find_id(name) or uuid4()


def find_id(name: str) -> UUID | None:
    """Return the id in a field of the form, or None."""
    try:
        return UUID(request.form.get(name, ""))
    except ValueError:
        return None
