"""Going on, after logging in, with the page that asked for it. A cookie names it, until the browser closes."""

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Role
from selfhelp.web.access import access_of
from selfhelp.web.cookies import drop_cookie, read_cookie, set_cookie

PLACE = "after"
LONGEST = 200


def remember_place(response: Response) -> None:
    """Remember the page that was asked for; parts of pages and forms that were sent are no places to go on."""
    is_page = request.method == "GET" and request.headers.get("Sec-Fetch-Dest", "document") == "document"
    if is_page and len(request.path) <= LONGEST:
        set_cookie(response, PLACE, request.path)


def forget_place(response: Response) -> None:
    """Somebody is there, or wants no trace: remember it no longer."""
    if read_cookie(PLACE):
        drop_cookie(response, PLACE)


def place_for(role: Role) -> str | None:
    """Return the page that was asked for, if somebody of this role can open it: an address of ours, and no other."""
    path = read_cookie(PLACE)
    if not path.startswith("/") or len(path) > LONGEST:
        return None
    try:
        endpoint, _arguments = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return None
    access = access_of(current_app.view_functions.get(endpoint))
    return path if access and role in access else None
