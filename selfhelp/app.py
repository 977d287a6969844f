"""The web application. `create_app` reads as its table of contents."""

import logging

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from selfhelp import wiring
from selfhelp.assessments.routes import blueprint as assessments
from selfhelp.core.clock import Clock, system_clock
from selfhelp.core.resources import folder
from selfhelp.core.settings import Settings
from selfhelp.guidance.routes import blueprint as guidance
from selfhelp.offer.domain.offer import Offer
from selfhelp.offer.routes import blueprint as offer
from selfhelp.offer.words import FILTERS
from selfhelp.web.access_log import log_access, note_start
from selfhelp.web.addresses import register_converters
from selfhelp.web.app_shell import blueprint as app_shell
from selfhelp.web.cross_site import refuse_cross_site
from selfhelp.web.errors import register_error_pages
from selfhelp.web.headers import SecurityHeaders
from selfhelp.web.health import blueprint as health
from selfhelp.web.kept_pages import KeptPages
from selfhelp.web.site import choose_site
from selfhelp.web.static_files import read_static_files

MAX_FORM_PARTS = 500


def create_app(settings: Settings | None = None, clock: Clock = system_clock) -> Flask:
    """Build the application.

    Raises:
        UnsafeSettings: naming the setting or the missing piece.
        RefusedFile: our own content is faulty.
    """
    settings = settings or Settings.from_env()
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    wired = wiring.wire(settings)

    app = Flask("selfhelp", template_folder=str(folder("templates")), static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=settings.max_body_kb * 1024, MAX_FORM_PARTS=MAX_FORM_PARTS)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions |= {
        "selfhelp.clock": clock,
        "selfhelp.engines": wired.engines,
        "selfhelp.find_site": wired.sites.find,
        "selfhelp.fallback_site": wiring.fallback_site(wired.product),
        "selfhelp.static": read_static_files(folder("static")),
        "selfhelp.public_paths": wiring.public_paths,
        "selfhelp.readiness": wired.readiness,
        "selfhelp.security_contact": lambda site: site.part(Offer).profile.contact.email,
    }

    app.jinja_env.filters.update(FILTERS)
    register_converters(app)
    app.before_request(note_start)
    app.before_request(_choose_site_unless_machine_asks)
    app.before_request(refuse_cross_site)
    for blueprint in (guidance, assessments, offer, app_shell, health):
        app.register_blueprint(blueprint)
    register_error_pages(app)
    app.after_request(log_access)
    app.wsgi_app = SecurityHeaders(KeptPages(app.wsgi_app, wired.sites.find))  # type: ignore[method-assign]
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _choose_site_unless_machine_asks() -> None:
    # A load balancer asks for health by address, not by an organisation's name.
    if request.endpoint not in {"health.alive", "health.ready"}:
        choose_site()
