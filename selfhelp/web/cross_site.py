"""Refuse changing requests that come from another site. Cached pages cannot hold a token, headers can tell as well."""

from urllib.parse import SplitResult, urlsplit

from flask import abort, request

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_FETCH_SITES = frozenset({"same-origin", "none"})


def refuse_cross_site() -> None:
    """Answer 403 to an unsafe request with a foreign or `null` Origin, or one that the browser calls cross-site."""
    if request.method in SAFE_METHODS:
        return
    if request.headers.get("Sec-Fetch-Site", "none") not in OWN_FETCH_SITES:
        abort(403)
    origin = request.headers.get("Origin")
    if origin is not None and not _is_ours(urlsplit(origin)):
        abort(403)


def _is_ours(origin: SplitResult) -> bool:
    # https may end at a proxy in front that does not say so; the other way round is somebody on the line.
    return origin.netloc == request.host and origin.scheme in {"https", request.scheme}
