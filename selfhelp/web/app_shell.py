"""What makes the pages an app: static files, manifest, service worker, the offline and the empty page."""

import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app

from selfhelp.core.errors import NotHere
from selfhelp.core.i18n import mark
from selfhelp.core.resources import folder
from selfhelp.web.access import public
from selfhelp.web.kept_pages import FOREVER, REVALIDATE
from selfhelp.web.public_page import kept_response, public_page
from selfhelp.web.rendering import render, words_of_request
from selfhelp.web.site import Site, current_site
from selfhelp.web.static_files import CONTENT_TYPES, StaticFiles
from selfhelp.web.variant import all_variants, current_variant

blueprint = Blueprint("app_shell", __name__)

CORE_STATIC = ("css/style.css", "js/exit.js", "js/app.js", "icons/favicon.svg")
PublicPaths = Callable[[Site], tuple[list[str], list[str]]]
"""Returns the paths every device keeps, and all public paths of an organisation."""


def static_files() -> StaticFiles:
    """Return the static files of this process."""
    found: StaticFiles = current_app.extensions["selfhelp.static"]
    return found


@blueprint.get("/static/<version>/<path:name>")
@public
def static_file(version: str, name: str) -> Response:
    """Serve a static file; another version than ours is served too, so that an open page keeps working."""
    files = static_files()
    kept = files.files.get(name)
    if kept is None:
        raise NotHere
    return kept_response(kept, FOREVER if version == files.version else REVALIDATE)


@blueprint.get("/manifest.webmanifest")
@public_page("application/manifest+json")
def manifest() -> str:
    """Describe the app to the device, under its neutral name: a home screen is seen by others."""
    site, address, words = current_site(), static_files().address, words_of_request()
    variant = current_variant(site)
    fields: dict[str, Any] = {
        "id": "/",
        "name": site.neutral_name,
        "short_name": site.neutral_name,
        "description": words("Pages and questions"),
        "start_url": variant.address("/"),
        "scope": "/",
        "display": "standalone",
        "lang": variant.language,
        "dir": words.direction,
        "background_color": "#fbf7f0",
        "theme_color": "#0a5c5a",
        "icons": [
            {"src": address("icons/neutral/icon-192.png"), "sizes": "192x192", "type": "image/png", "purpose": "any"},
            {"src": address("icons/neutral/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any"},
            {
                "src": address("icons/neutral/maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
        "screenshots": [
            _screenshot("narrow", "540x960", words("On a phone")),
            _screenshot("wide", "1280x800", words("On a computer")),
        ],
    }
    return json.dumps(fields, ensure_ascii=False)


def _screenshot(form: str, size: str, label: str) -> dict[str, str]:
    source = static_files().address(f"icons/screenshot-{form}.png")
    return {"src": source, "sizes": size, "type": "image/png", "form_factor": form, "label": label}


@blueprint.get("/sw.js")
@public_page(CONTENT_TYPES[".js"])
def service_worker() -> str:
    """Serve the worker from the root, so that its scope is the whole site, with what it may keep filled in."""
    source = (folder("service-worker") / "sw.js").read_text(encoding="utf-8")
    return source.replace('"{{ config }}"', json.dumps(_worker_config(current_site())))


def _worker_config(site: Site) -> dict[str, Any]:
    files = static_files()
    paths: PublicPaths = current_app.extensions["selfhelp.public_paths"]
    core, pages = paths(site)
    scripts = [name for name in files.files if name.endswith((".js", ".css"))]
    return {
        "version": site.version,
        "static": [files.address(name) for name in [*scripts, "icons/favicon.svg"]],
        "core": core,
        "pages": pages,
        "variants": [variant.query for variant in all_variants(site)],
    }


@blueprint.get("/offline")
@public_page()
def offline() -> str:
    """Say that there is no network, and whom one can call: calling needs none."""
    return render("web/offline.html", page="offline", title=mark("Page"))


@blueprint.get("/left")
@public_page()
def left() -> str:
    """Show nothing that tells anything: where a quick exit ends when there is no network."""
    return render("web/left.html", page="left", title=mark("Empty page"))


@blueprint.get("/favicon.ico")
@public
def favicon() -> Response:
    """Serve the small mark to whatever asks for it by its old name."""
    return kept_response(static_files().files["icons/favicon.svg"], REVALIDATE)


@blueprint.get("/robots.txt")
@public_page("text/plain; charset=utf-8")
def robots() -> str:
    """Let search engines find the public pages: people look for help there."""
    return "User-agent: *\nAllow: /\n"


@blueprint.get("/.well-known/security.txt")
@public_page("text/plain; charset=utf-8")
def security_contact() -> str:
    """Say how to report a weakness (RFC 9116)."""
    contact = current_app.extensions["selfhelp.security_contact"](current_site())
    return f"Contact: mailto:{contact}\nExpires: 2027-12-31T00:00:00Z\nPreferred-Languages: nl, en\n"
