"""The security headers of every response, errors included."""

from flask import Response, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types sw",
    )
)

SECURITY_HEADERS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    # same-origin and not no-referrer: the latter makes browsers send `Origin: null` with plain form posts.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
    ("X-Frame-Options", "DENY"),
)

ASSET_HEADERS = (
    # A picture, style or script is governed by the policy of the page that asks for it; on a cheap phone the other
    # headers would weigh more than many of the files.
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
ASSET_TYPES = frozenset({"text/css", "text/javascript", "image/svg+xml", "image/png"})

NO_STORE = "no-store"


def add_security_headers(response: Response) -> Response:
    """Add every header; a response that did not say it may be kept is not kept by anyone."""
    headers = response.headers
    for name, value in ASSET_HEADERS if _is_asset(response) else SECURITY_HEADERS:
        headers[name] = value
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = NO_STORE
    return response


def _is_asset(response: Response) -> bool:
    # The service worker is a script with a policy of its own.
    return response.mimetype in ASSET_TYPES and request.path.startswith("/static/")
