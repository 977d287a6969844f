"""Finished pages, the same bytes for everybody: kept per organisation, compressed once, answered before Flask wakes up."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from time import perf_counter
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from selfhelp.web.access_log import log_request
from selfhelp.web.site import FindSite

REVALIDATE = "public, max-age=0, must-revalidate"
FOREVER = "public, max-age=31536000, immutable"
SMALLEST_COMPRESSED = 400
"""Below this many bytes compression gains nothing."""

Answer = tuple[HTTPStatus, list[tuple[str, str]], bytes]


@dataclass(frozen=True, slots=True)
class Kept:
    """One body, plain and compressed, with its strong entity tags and its headers."""

    content_type: str
    plain: bytes
    zipped: bytes | None
    digest: str

    @classmethod
    def of(cls, body: bytes, content_type: str) -> "Kept":
        """Compress and tag a body. No timestamp inside: the same text gives the same bytes everywhere."""
        zipped = gzip.compress(body, 9, mtime=0) if len(body) >= SMALLEST_COMPRESSED else None
        return cls(content_type, body, zipped, sha256(body).hexdigest()[:20])

    def answer(self, accepted: str, known_tags: str, cache_control: str) -> Answer:
        """Return status, headers and body: compressed if it may be, without body if the asker has it already."""
        zip_it = self.zipped is not None and "gzip" in accepted
        headers = [("Cache-Control", cache_control), ("Vary", "Accept-Encoding")]
        if cache_control != FOREVER:  # what never changes is never asked for again; every header is paid for by a phone
            tag = f'"{self.digest}-gzip"' if zip_it else f'"{self.digest}"'
            headers.append(("ETag", tag))
            if tag in known_tags:
                return HTTPStatus.NOT_MODIFIED, headers, b""
        if zip_it:
            headers.append(("Content-Encoding", "gzip"))
        body = self.zipped if zip_it and self.zipped else self.plain
        headers += [("Content-Type", self.content_type), ("Content-Length", str(len(body)))]
        return HTTPStatus.OK, headers, body


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page on the shelf of its organisation. `age` is what it was made for if it ages (a day, say), else None."""

    kept: Kept
    route: str
    age: Any = None


class KeptPages:
    """Answers a GET for a page that was made before, without routing, request objects or templates.

    A quarter of what Flask needs for the same answer; under the bare floor, where all of a public site should be.
    """

    def __init__(self, inner: WSGIApplication, find_site: FindSite) -> None:
        self.inner = inner
        self.find_site = find_site

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from the shelf, or pass the request on."""
        began = perf_counter()
        page = self._find(environ) if environ["REQUEST_METHOD"] == "GET" else None
        if page is None or page.age is not None:
            return self.inner(environ, start_response)
        accepted, tags = environ.get("HTTP_ACCEPT_ENCODING", ""), environ.get("HTTP_IF_NONE_MATCH", "")
        status, headers, body = page.kept.answer(accepted, tags, REVALIDATE)
        start_response(f"{status.value} {status.phrase}", headers)
        log_request("GET", page.route, status, began)
        return [body]

    def _find(self, environ: WSGIEnvironment) -> KeptPage | None:
        site = self.find_site(environ.get("HTTP_HOST", "").partition(":")[0].lower())
        found: KeptPage | None = site.pages.get((environ["PATH_INFO"], environ.get("QUERY_STRING", ""))) if site else None
        return found
