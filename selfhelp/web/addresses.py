"""Typed parts of addresses: anything else is a missing page before any view runs."""

from flask import Flask
from werkzeug.routing import BaseConverter


class SlugConverter(BaseConverter):
    """The short name of an instrument."""

    regex = "[a-z][a-z0-9]{1,19}"


class KeyConverter(BaseConverter):
    """The key of a theme, checklist, way or module."""

    regex = "[a-z][a-z0-9-]{0,39}"


def register_converters(app: Flask) -> None:
    """Make both known to the routes."""
    app.url_map.converters["slug"] = SlugConverter
    app.url_map.converters["key"] = KeyConverter
