"""Say to the machine's keeper whether the process is up, and whether all behind it is ready."""

from flask import Blueprint, Response, current_app, jsonify

from selfhelp.web.access import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def alive() -> Response:
    """Answer as long as the process runs."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public
def ready() -> tuple[Response, int]:
    """Answer 503 with the names of the checks that fail; nothing about the machine."""
    checks: dict[str, bool] = {name: check() for name, check in current_app.extensions["selfhelp.readiness"].items()}
    good = all(checks.values())
    return jsonify(status="ok" if good else "not ready", checks=checks), 200 if good else 503
