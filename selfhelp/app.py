"""The web application. `create_app` reads as its table of contents."""

import logging

from flask import Flask, request
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped]  # it ships no types
from werkzeug.middleware.proxy_fix import ProxyFix

from selfhelp import wiring
from selfhelp.accounts.card_routes import blueprint as cards
from selfhelp.accounts.confirming_routes import blueprint as confirming
from selfhelp.accounts.devices import owner_on_device
from selfhelp.accounts.domain import warns_after
from selfhelp.accounts.factor_routes import blueprint as factors
from selfhelp.accounts.invite_routes import blueprint as invitations
from selfhelp.accounts.joining_routes import blueprint as joining
from selfhelp.accounts.passkey_routes import blueprint as passkeys
from selfhelp.accounts.password_routes import blueprint as password
from selfhelp.accounts.routes import ask_to_log_in, home_of, load_actor
from selfhelp.accounts.routes import blueprint as accounts
from selfhelp.assessments.asked_routes import blueprint as asked
from selfhelp.assessments.own_routes import blueprint as results
from selfhelp.assessments.paper_routes import blueprint as test_paper
from selfhelp.assessments.routes import blueprint as assessments
from selfhelp.care.gate import note_log_in, note_refused_door
from selfhelp.caseload.asked_routes import blueprint as client_asked
from selfhelp.caseload.days_routes import blueprint as days
from selfhelp.caseload.feedback_routes import blueprint as client_feedback
from selfhelp.caseload.goal_routes import blueprint as client_goals
from selfhelp.caseload.network_routes import blueprint as client_network
from selfhelp.caseload.newcomer_routes import blueprint as newcomers
from selfhelp.caseload.path_routes import blueprint as client_path
from selfhelp.caseload.practice_routes import blueprint as practice
from selfhelp.caseload.routes import blueprint as caseload
from selfhelp.caseload.shared_routes import blueprint as client_shared
from selfhelp.caseload.sheet_routes import blueprint as client_sheet
from selfhelp.caseload.team_routes import blueprint as team_files
from selfhelp.caseload.together_routes import blueprint as client_together
from selfhelp.caseload.trajectory_routes import blueprint as trajectory
from selfhelp.core.clock import Clock, system_clock
from selfhelp.core.resources import folder
from selfhelp.core.settings import Settings
from selfhelp.diary.routes import blueprint as diary
from selfhelp.dossier.routes import blueprint as dossier
from selfhelp.dossier.share_routes import blueprint as sharing
from selfhelp.dossier.sheet_routes import blueprint as sheet
from selfhelp.dossier.timeline_routes import blueprint as timeline
from selfhelp.dossier.waiting_routes import blueprint as own_waiting
from selfhelp.goals.routes import blueprint as goals
from selfhelp.guidance.routes import blueprint as guidance
from selfhelp.modules.device_routes import blueprint as device_work
from selfhelp.modules.feedback_routes import blueprint as feedback
from selfhelp.modules.moment_routes import blueprint as another_moment
from selfhelp.modules.own_routes import blueprint as own_modules
from selfhelp.modules.paper_routes import blueprint as module_paper
from selfhelp.modules.photo_routes import blueprint as photos
from selfhelp.modules.routes import blueprint as modules
from selfhelp.network.routes import blueprint as network
from selfhelp.offer.domain.offer import Offer
from selfhelp.offer.routes import blueprint as offer
from selfhelp.offer.words import FILTERS
from selfhelp.organisation.home_routes import blueprint as organisation_home
from selfhelp.organisation.look_routes import blueprint as looks
from selfhelp.organisation.overview_routes import blueprint as overview
from selfhelp.organisation.pilot_routes import blueprint as pilot
from selfhelp.organisation.report_routes import blueprint as reports
from selfhelp.organisation.routes import blueprint as organisation
from selfhelp.organisation.team_routes import blueprint as teams
from selfhelp.privacy.routes import blueprint as privacy
from selfhelp.talks.before_routes import blueprint as before_talks
from selfhelp.talks.contact_routes import blueprint as contacts
from selfhelp.talks.own_routes import blueprint as own_talk
from selfhelp.talks.planning_routes import blueprint as appointments
from selfhelp.talks.reports_routes import blueprint as talk_reports
from selfhelp.talks.summary_routes import blueprint as summary
from selfhelp.talks.talk_routes import blueprint as talks
from selfhelp.web.access import check_access
from selfhelp.web.access_log import log_access, note_start
from selfhelp.web.addresses import register_converters
from selfhelp.web.app_shell import blueprint as app_shell
from selfhelp.web.compressed import compress_page
from selfhelp.web.cookies import FormCookie
from selfhelp.web.cross_site import refuse_cross_site
from selfhelp.web.errors import register_error_pages
from selfhelp.web.headers import SecurityHeaders
from selfhelp.web.health import blueprint as health
from selfhelp.web.kept_pages import KeptPages
from selfhelp.web.site import choose_site
from selfhelp.web.static_files import read_static_files

MAX_FORM_PARTS = 500
BLUEPRINTS = (
    *(guidance, assessments, modules, offer, app_shell, health),
    *(accounts, cards, invitations, joining, factors, confirming, passkeys, password),
    *(dossier, timeline, own_waiting, privacy, sheet, sharing, own_modules, another_moment, device_work, photos, results),
    *(goals, diary, network),
    *(caseload, newcomers, days, team_files, client_shared, client_sheet, trajectory, organisation, reports),
    *(client_goals, client_network),
    *(test_paper, module_paper, asked, feedback, client_path, client_feedback, client_together, client_asked),
    *(before_talks, own_talk, talks, appointments, talk_reports, summary, contacts),
    *(practice, organisation_home, teams, overview, looks, pilot),
)
"""Public pages; logging in; what a client sees; what staff see."""


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
    app.jinja_env.globals |= {"owner_on_device": owner_on_device, "warns_after": warns_after}
    register_converters(app)
    _protect(app, wired)
    for before in (note_start, _choose_site_unless_machine_asks, refuse_cross_site, check_access):
        app.before_request(before)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_error_pages(app)
    for after in (log_access, compress_page):
        app.after_request(after)
    _wrap(app, wired)
    return app


def _wrap(app: Flask, wired: wiring.Wiring) -> None:
    """Put around the application what sees every request: proxies' headers, security headers, kept pages."""
    # Setting the method is Flask's own way to put something around an application.
    app.wsgi_app = SecurityHeaders(KeptPages(app.wsgi_app, wired.sites.find))  # type: ignore[method-assign]
    hops = wired.settings.proxies
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _protect(app: Flask, wired: wiring.Wiring) -> None:
    """Form tokens by Flask-WTF; who a request is from by sessions of our own."""
    app.secret_key = wired.sealer.secret("forms")
    app.session_interface = FormCookie()
    # No time limit: an exercise may lie open for a day. The Referer is not asked for: Origin and Fetch Metadata are.
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    app.config.update(SESSION_COOKIE_SAMESITE="Lax")
    tokens = CSRFProtect(app)
    app.extensions |= {
        "selfhelp.sealer": wired.sealer,
        "selfhelp.check_form_token": tokens.protect,
        "selfhelp.load_actor": load_actor,
        "selfhelp.ask_to_log_in": ask_to_log_in,
        "selfhelp.home_of": home_of,
        "selfhelp.note_refusal": note_refused_door,
        "selfhelp.note_log_in": note_log_in,
    }


def _choose_site_unless_machine_asks() -> None:
    # A load balancer asks for health by address, not by an organisation's name.
    if request.endpoint not in {"health.alive", "health.ready"}:
        choose_site()
