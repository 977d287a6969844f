"""Public pages: rendered and compressed once per organisation, variant and version, the same bytes for everybody."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from typing import Any

from flask import Response, request

from selfhelp.web.access import public
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

HTML = "text/html; charset=utf-8"
REVALIDATE = "public, max-age=0, must-revalidate"
FOREVER = "public, max-age=31536000, immutable"
SMALLEST_COMPRESSED = 400
"""Below this many bytes compression gains nothing."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One body, plain and compressed, with its strong entity tags."""

    plain: bytes
    plain_tag: str
    zipped: bytes | None
    zipped_tag: str

    @classmethod
    def of(cls, body: bytes) -> "Kept":
        """Compress and tag a body. No timestamp inside: the same text gives the same bytes everywhere."""
        digest = sha256(body).hexdigest()[:20]
        zipped = gzip.compress(body, 9, mtime=0) if len(body) >= SMALLEST_COMPRESSED else None
        return cls(body, f'"{digest}"', zipped, f'"{digest}-gzip"')

    def respond(self, content_type: str, cache_control: str) -> Response:
        """Answer the current request: compressed if it may be, without body if the asker has it already."""
        zip_it = self.zipped is not None and "gzip" in request.headers.get("Accept-Encoding", "")
        tag = self.zipped_tag if zip_it else self.plain_tag
        headers = {"Cache-Control": cache_control, "Vary": "Accept-Encoding"}
        if cache_control != FOREVER:  # what never changes is never asked for again; every header is paid for by a phone
            headers["ETag"] = tag
            if tag in request.headers.get("If-None-Match", ""):
                return Response(status=304, headers=headers)
        if zip_it:
            headers["Content-Encoding"] = "gzip"
        return Response(self.zipped if zip_it else self.plain, headers=headers, content_type=content_type)


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
            key, age = (request.path, current_variant(site)), fresh() if fresh else None
            known: tuple[Any, Kept] | None = site.pages.get(key)
            if known is None or known[0] != age:
                known = site.pages[key] = (age, Kept.of(view(**arguments).encode("utf-8")))
            return known[1].respond(content_type, REVALIDATE)

        return respond

    return decorate
