"""*Zo werken wij samen*, filled in together in a talk, on the counsellor's device."""

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS
from selfhelp.dossier.sheet_pages import show_sheet, stop_one, take_sheet
from selfhelp.web.access import allow
from selfhelp.web.rendering import go_to

blueprint = Blueprint("client_sheet", __name__, url_prefix="/clients/<uuid:client_id>/together")


@blueprint.get("")
@allow(*WITH_CLIENTS)
def sheet(client_id: UUID) -> str:
    """Show a client's sheet."""
    return show_sheet(client_id, _address(client_id))


@blueprint.post("")
@allow(*WITH_CLIENTS)
def keep(client_id: UUID) -> Response | str | tuple[str, int]:
    """Keep a new version, noted as filled in together."""
    return take_sheet(client_id, _address(client_id)) or go_to(f"{_address(client_id)}?said=kept")


@blueprint.post("/stop/<key:purpose>")
@allow(*WITH_CLIENTS)
def stop(client_id: UUID, purpose: str) -> Response:
    """Stop a consent that the client no longer gives."""
    stop_one(client_id, purpose)
    return go_to(_address(client_id))


def _address(client_id: UUID) -> str:
    return f"/clients/{client_id}/together"
