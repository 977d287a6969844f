"""Declare a view as a public page: rendered once per organisation, variant and version, the same bytes for everybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, request

from selfhelp.web.access import public
from selfhelp.web.kept_pages import REVALIDATE, Kept, KeptPage
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

HTML = "text/html; charset=utf-8"

Render = Callable[..., str]


def public_page(content_type: str = HTML, *, fresh: Callable[[], Any] | None = None) -> Callable[[Render], Render]:
    """Declare a view whose text may be kept and served to everybody.

    The view runs once per path and variant; `fresh` names something that ages (the day, say): when it changes, the
    view runs again.
    """

    def decorate(view: Render) -> Any:
        @public
        @wraps(view)
        def respond(**arguments: Any) -> Response:
            site = current_site()
            # The variant's own query and not the one that came: a made-up address must not fill the shelf.
            key, age = (request.path, current_variant(site).query), fresh() if fresh else None
            page: KeptPage | None = site.pages.get(key)
            if page is None or page.age != age:
                page = KeptPage(Kept.of(view(**arguments).encode("utf-8"), content_type), str(request.url_rule), age)
                site.pages[key] = page
            return kept_response(page.kept, REVALIDATE)

        return respond

    return decorate


def kept_response(kept: Kept, cache_control: str) -> Response:
    """Answer the current request with a kept body."""
    accepted, tags = request.headers.get("Accept-Encoding", ""), request.headers.get("If-None-Match", "")
    status, headers, body = kept.answer(accepted, tags, cache_control)
    return Response(body, status, headers)
