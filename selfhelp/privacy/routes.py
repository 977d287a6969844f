"""*Een kopie van mijn map*: everything that is kept of a client, to read and for machines, in one file."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Blueprint, Response, g, render_template
from werkzeug.wrappers import Response as AnyResponse

from selfhelp.accounts.confirming_routes import ask_to_confirm
from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.closings import took_copy
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.service import client_name
from selfhelp.core.i18n import mark
from selfhelp.privacy.copying import Copied, copy_of
from selfhelp.privacy.holdings import HOLDINGS
from selfhelp.privacy.readable import sections
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import writing
from selfhelp.web.variant import current_variant

blueprint = Blueprint("privacy", __name__, url_prefix="/my/copy")
FILE_NAME = "kopie.zip"
"""Says nothing to whoever looks over a shoulder, or into a folder of downloads."""


@blueprint.get("")
@allow(Role.CLIENT)
def form() -> str:
    """Say what is in a copy, and where it should not be kept."""
    with opened(_actor(), None, Event.READ, "copy of the file") as file:
        tables = len({each.table for each in HOLDINGS if each.in_copy})
        return render("privacy/copy.html", page="copy", title=mark("My page"), client=file.client, tables=tables)


@blueprint.post("")
@allow(Role.CLIENT)
def take() -> AnyResponse:
    """Hand over a copy, after somebody showed again who they are."""
    if not _actor().is_recent(now()):
        return ask_to_confirm("/my/copy")
    with opened(_actor(), None, Event.EXPORT, "copy of the file") as file:
        name = client_name(sealer(), file.client)
        copied = copy_of(file.session, sealer(), file.client, HOLDINGS)
    with writing() as session:
        took_copy(session, file.client, edge=file.edge)
    response = Response(_zip(copied, name), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def _zip(copied: Copied, name: str) -> bytes:
    site, variant = current_site(), current_variant(current_site())
    told = {"_": variant.words, "variant": variant, "site": site, "name": name, "at": now()}
    text = render_template("privacy/readable.html", sections=sections(copied, site, variant), **told)
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("kopie.html", text)
        archive.writestr("kopie.json", copied.as_json)
        for file_name, picture in copied.pictures.items():
            archive.writestr(file_name, picture)
    return target.getvalue()


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
