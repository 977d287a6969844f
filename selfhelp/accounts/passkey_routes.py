"""One's own passkeys, and logging in with one. What a browser signs comes and goes as JSON."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, g, make_response, request
from werkzeug.wrappers import Response

from selfhelp.accounts import ceremony, passkeys
from selfhelp.accounts.ceremony import Party
from selfhelp.accounts.challenges import VALID_FOR
from selfhelp.accounts.confirming_routes import ask_to_confirm, confirming_address
from selfhelp.accounts.domain import Actor, Role
from selfhelp.accounts.errors import NotRecognised, TooManyTries
from selfhelp.accounts.limits import passkey_limits, question_limits
from selfhelp.accounts.logging_in import Entrance
from selfhelp.accounts.routes import home_of, visitor_of_request, with_entrance
from selfhelp.accounts.throttling import give_back, refuse_if_spent, take_try
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.core.tokens import new_token
from selfhelp.web.access import allow, anyone
from selfhelp.web.cookies import drop_cookie, read_cookie, set_cookie
from selfhelp.web.json_body import json_body
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import reading, writing
from selfhelp.web.variant import current_variant

blueprint = Blueprint("passkeys", __name__)

OVERVIEW = "/my/passkeys"
COOKIE = "passkey"
Answer = dict[str, Any] | tuple[dict[str, Any], int]


@blueprint.get("/my/passkeys")
@allow(*Role)
def overview() -> str:
    """Show one's passkeys, and how to add one."""
    return _page()


@blueprint.post("/my/passkeys/advice")
@allow(Role.CLIENT)
def advice() -> str:
    """Say whether a passkey is wise. The answer is kept nowhere, and stands in no address."""
    return _page(request.form.get("others", ""))


@blueprint.post("/my/passkeys/options")
@allow(*Role)
def options_to_add() -> Answer:
    """Give a browser what it needs to make a passkey."""
    actor, edge = _actor(), Edge(now())
    if not actor.is_recent(edge.now):
        return {"next": confirming_address(OVERVIEW)}, 403
    if actor.is_shared_device:
        return {}, 400
    with writing() as session:
        begun = passkeys.begin_adding(session, actor, edge=edge)
    return begun.options(actor, _party())


@blueprint.post("/my/passkeys")
@allow(*Role)
def add() -> Answer:
    """Keep the passkey that a browser made."""
    actor, edge = _actor(), Edge(now())
    if not actor.is_recent(edge.now):
        return {"next": confirming_address(OVERVIEW)}, 403
    try:
        _add(actor, edge)
    except NotRecognised:
        return {}, 400
    return {"next": current_variant(current_site()).address(OVERVIEW)}


def _add(actor: Actor, edge: Edge) -> None:
    with writing() as session:
        challenge = passkeys.use_challenge_of_session(session, actor, edge.now)
    if challenge is None or actor.is_shared_device:
        raise NotRecognised
    key = ceremony.read_new_key(_party(), challenge, _credential())
    with writing() as session:
        passkeys.add_passkey(session, actor, key, label=visitor_of_request().device, edge=edge)


@blueprint.post("/my/passkeys/<uuid:passkey_id>/remove")
@allow(*Role)
def remove(passkey_id: UUID) -> Response:
    """Remove one of one's own."""
    actor = _actor()
    if not actor.is_recent(now()):
        return ask_to_confirm(OVERVIEW)
    with writing() as session:
        passkeys.remove_passkey(session, actor, passkey_id)
    return go_to(OVERVIEW)


@blueprint.post("/login/passkey/options")
@anyone
def options_to_log_in() -> Response | Answer:
    """Give a browser what it needs to sign; a cookie says later whose challenge it was."""
    edge, token, visitor = Edge(now()), new_token(), visitor_of_request()
    try:
        with writing() as session:
            refuse_if_spent(session, passkey_limits(session, sealer(), visitor, edge.now), edge.now)
            take_try(session, question_limits(session, sealer(), visitor, edge.now), edge.now)
            challenge = passkeys.begin_logging_in(session, current_site().organisation_id, token, edge=edge)
    except TooManyTries:
        return {}, 429
    response = make_response(ceremony.options_to_log_in(_party(), challenge))
    set_cookie(response, COOKIE, token, days=VALID_FOR.total_seconds() / 86_400)
    return response


@blueprint.post("/login/passkey")
@anyone
def log_in() -> Response | Answer:
    """Let somebody in with what their device signed; whatever is wrong, the answer is the same."""
    edge = Edge(now())
    try:
        entrance, role, is_shared = _let_in(edge)
    except TooManyTries:
        return {}, 429
    except NotRecognised:
        return {}, 400
    response: Response = make_response({"next": current_variant(current_site()).address(home_of(role))})
    drop_cookie(response, COOKIE)
    return with_entrance(response, entrance, is_lasting=role is Role.CLIENT and not is_shared)


def _let_in(edge: Edge) -> tuple[Entrance, Role, bool]:
    is_shared, site = bool(_sent().get("shared")), current_site()
    visitor = replace(visitor_of_request(), is_shared_device=is_shared)
    with writing() as session:
        limits = passkey_limits(session, sealer(), visitor, edge.now)
        take_try(session, limits, edge.now)
        challenge = passkeys.use_challenge_of_visitor(session, site.organisation_id, read_cookie(COOKIE), edge.now)
    if challenge is None:
        raise NotRecognised
    with reading() as session:
        held = passkeys.find_held(session, site.organisation_id, _credential(), edge.now)
    signed = held.check(_party(), challenge, _credential())
    with writing() as session:
        give_back(session, limits)
        return *passkeys.let_in(session, held, signed, visitor, edge=edge), is_shared


def _party() -> Party:
    return Party(request.host.partition(":")[0].lower(), request.host_url.rstrip("/"), current_site().neutral_name)


def _sent() -> dict[str, Any]:
    sent = json_body()
    return sent if isinstance(sent, dict) else {}


def _credential() -> dict[str, Any]:
    credential = _sent().get("credential")
    return credential if isinstance(credential, dict) else {}


def _page(others: str = "") -> str:
    actor = _actor()
    with reading() as session:
        mine = passkeys.list_passkeys(session, actor.account_id)
    return render(
        "accounts/passkeys.html",
        page="passkeys",
        title=mark("Devices"),
        mine=mine,
        others=others,
        actor=actor,
        is_recent=actor.is_recent(now()),
        confirm=confirming_address(OVERVIEW),
    )


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
