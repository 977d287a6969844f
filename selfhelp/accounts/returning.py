"""Going on, after logging in, with the page that asked for it. A cookie names it, until the browser closes.

It names too who was in before with this browser: the Back button of the next person on a shared phone opens a page of the
one before, and only that one goes on with it. Where nobody was in yet it was a link, and whoever logs in follows it.
"""

from uuid import UUID

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Role
from selfhelp.web.access import access_of, last_here, mark_of
from selfhelp.web.cookies import drop_cookie, read_cookie, set_cookie

PLACE = "after"
LONGEST = 200


def remember_place(response: Response) -> None:
    """Remember the page that was asked for; parts of pages and forms that were sent are no places to go on."""
    is_page = request.method == "GET" and request.headers.get("Sec-Fetch-Dest", "document") == "document"
    if is_page and len(request.path) <= LONGEST:
        set_cookie(response, PLACE, f"{last_here()}{request.path}")


def forget_place(response: Response) -> None:
    """Somebody is there, or wants no trace: remember it no longer."""
    if read_cookie(PLACE):
        drop_cookie(response, PLACE)


def place_for(role: Role, account_id: UUID) -> str | None:
    """Return the page that was asked for, if it is this person's to go on with and this role can open it.

    It is an address of ours, and no other.
    """
    whose, slash, rest = read_cookie(PLACE).partition("/")
    path = slash + rest
    if not path or len(path) > LONGEST or whose not in ("", mark_of(account_id)):
        return None
    try:
        endpoint, _arguments = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return None
    access = access_of(current_app.view_functions.get(endpoint))
    return path if access and role in access else None
