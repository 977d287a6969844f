"""One's own passkeys, and logging in with one. What a browser signs comes and goes as JSON."""

from dataclasses import dataclass, replace
from uuid import UUID

from flask import Blueprint, g, make_response, request
from werkzeug.wrappers import Response

from selfhelp.accounts import ceremony, passkeys
from selfhelp.accounts.challenges import VALID_FOR
from selfhelp.accounts.confirming_routes import ask_to_confirm, confirming_address, wanted_afterwards
from selfhelp.accounts.domain import Actor, Role
from selfhelp.accounts.errors import NotRecognised, OnlyFactor, TooManyTries
from selfhelp.accounts.limits import question_limits, visitor_limits
from selfhelp.accounts.logging_in import Entrance
from selfhelp.accounts.passkey_requests import Answer, credential, made_key, options_for, party_of_request, sent
from selfhelp.accounts.returning import forget_place, place_for
from selfhelp.accounts.routes import home_of, visitor_of_request, with_entrance
from selfhelp.accounts.throttling import give_back, refuse_if_spent, take_try
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.core.tokens import new_token
from selfhelp.web.access import allow, anyone
from selfhelp.web.cookies import drop_cookie, read_cookie, set_cookie
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import reading, writing
from selfhelp.web.variant import current_variant

blueprint = Blueprint("passkeys", __name__)

OVERVIEW = "/my/passkeys"
COOKIE = "passkey"


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
    return options_for(actor, edge)


@blueprint.post("/my/passkeys")
@allow(*Role)
def add() -> Answer:
    """Keep the passkey that a browser made."""
    actor, edge = _actor(), Edge(now())
    if not actor.is_recent(edge.now):
        return {"next": confirming_address(OVERVIEW)}, 403
    try:
        key = made_key(actor, edge)
        with writing() as session:
            passkeys.add_passkey(session, actor, key, label=visitor_of_request().device, edge=edge)
    except NotRecognised:
        return {}, 400
    return {"next": current_variant(current_site()).address(OVERVIEW)}


@blueprint.post("/my/passkeys/<uuid:passkey_id>/remove")
@allow(*Role)
def remove(passkey_id: UUID) -> Response:
    """Remove one of one's own."""
    actor = _actor()
    if not actor.is_recent(now()):
        return ask_to_confirm(OVERVIEW)
    try:
        with writing() as session:
            passkeys.remove_passkey(session, actor, passkey_id)
    except OnlyFactor:
        return make_response(_page(is_only_factor=True), 400)
    return go_to(OVERVIEW)


@blueprint.post("/login/passkey/options")
@anyone
def options_to_log_in() -> Response | Answer:
    """Give a browser what it needs to sign; a cookie says later whose challenge it was."""
    edge, token, visitor = Edge(now()), new_token(), visitor_of_request()
    try:
        with writing() as session:
            refuse_if_spent(session, visitor_limits(session, sealer(), visitor, "passkey", edge.now), edge.now)
            take_try(session, question_limits(session, sealer(), visitor, edge.now), edge.now)
            challenge = passkeys.begin_logging_in(session, current_site().organisation_id, token, edge=edge)
    except TooManyTries:
        return {}, 429
    response = make_response(ceremony.options_to_log_in(party_of_request(), challenge))
    set_cookie(response, COOKIE, token, days=VALID_FOR.total_seconds() / 86_400)
    return response


@blueprint.post("/login/passkey")
@anyone
def log_in() -> Response | Answer:
    """Let somebody in with what their device signed; whatever is wrong, the answer is the same."""
    try:
        came = _let_in(Edge(now()))
    except TooManyTries:
        return {}, 429
    except NotRecognised:
        return {}, 400
    address = current_variant(current_site()).address(came.afterwards or home_of(came.role))
    response: Response = make_response({"next": address})
    drop_cookie(response, COOKIE)
    forget_place(response)
    return with_entrance(response, came.entrance, is_lasting=came.role is Role.CLIENT and not came.is_shared)


@dataclass(frozen=True, slots=True)
class _Came:
    """Somebody who came in with a passkey, and where to, if not home."""

    entrance: Entrance
    role: Role
    is_shared: bool
    afterwards: str | None


def _let_in(edge: Edge) -> _Came:
    visitor, organisation_id = visitor_of_request(), current_site().organisation_id
    with writing() as session:
        limits = visitor_limits(session, sealer(), visitor, "passkey", edge.now)
        take_try(session, limits, edge.now)
        challenge = passkeys.use_challenge_of_visitor(session, organisation_id, read_cookie(COOKIE), edge.now)
    if challenge is None:
        raise NotRecognised
    with reading() as session:
        held = passkeys.find_held(session, organisation_id, credential(), edge.now)
    signed = held.check(party_of_request(), challenge, credential())
    before: Actor | None = g.actor if g.actor and g.actor.account_id == held.account_id else None
    is_shared = bool(sent().get("shared") or (before and before.is_shared_device))
    with writing() as session:
        give_back(session, limits)
        entrance, role = passkeys.let_in(session, held, signed, replace(visitor, is_shared_device=is_shared), edge=edge)
    return _Came(entrance, role, is_shared, (before and wanted_afterwards()) or place_for(role, held.account_id))


def _page(others: str = "", *, is_only_factor: bool = False) -> str:
    actor = _actor()
    with reading() as session:
        mine = passkeys.list_passkeys(session, actor.account_id)
    return render(
        "accounts/passkeys.html",
        page="passkeys",
        title=mark("Devices"),
        mine=mine,
        others=others,
        is_only_factor=is_only_factor,
        actor=actor,
        is_recent=actor.is_recent(now()),
        confirm=confirming_address(OVERVIEW),
    )


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
