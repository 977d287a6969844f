"""Render a template for an organisation and a variant."""

from typing import Any

from flask import current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from selfhelp.web.site import Site, current_site, site_or_fallback
from selfhelp.web.static_files import StaticFiles
from selfhelp.web.variant import Variant, all_variants, current_variant


def render(template: str, *, page: str, title: str, **context: Any) -> str:
    """Return a page. `page` is its kind (`data-page`), `title` its neutral name, a marked message."""
    site = site_or_fallback()
    variant = current_variant(site)
    return render_template(template, page=page, title=variant.words(title), **{**_shell(site, variant), **context})


def _shell(site: Site, variant: Variant) -> dict[str, Any]:
    static: StaticFiles = current_app.extensions["selfhelp.static"]
    return {
        "_": variant.words,
        "site": site,
        "variant": variant,
        "url": variant.address,
        "static": static.address,
        "path": request.path,
        "languages": [each for each in all_variants(site) if each.young == variant.young],
        "L": lambda text: text.get(variant.language, text["nl"]).by(variant.register),
    }


def go_to(path: str) -> Response:
    """Answer a form that changed something: go on to `path`, in the same language."""
    return redirect(current_variant(current_site()).address(path), 303)


def words_of_request() -> Any:
    """Return the interface texts of this request's variant."""
    return current_variant(site_or_fallback()).words
