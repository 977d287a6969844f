"""The static files: read and compressed once at start, under one version that is a hash of them all."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from selfhelp.web.kept_pages import Kept

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
}

FOR_US = {
    ".js": re.compile(rb"^[ \t]*(//.*|/\*\*.*\*/)\n|^[ \t]+", re.MULTILINE),
    ".css": re.compile(rb"^[ \t]*/\*(?:(?!\*/).)*\*/\n|^[ \t]+", re.MULTILINE | re.DOTALL),
}
"""Comments on lines of their own, and indents: for us only, and a sixth of what a phone would download."""


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """Every servable file by its path below `static/`. One version for all keeps relative module imports working."""

    version: str
    files: dict[str, Kept]

    def address(self, name: str) -> str:
        """Return where a file is served; KeyError for one that does not exist (a misspelt template fails loudly)."""
        self.files[name]
        return f"/static/{self.version}/{name}"


def read_static_files(root: Path) -> StaticFiles:
    """Read all files below `root` that a browser may ask for; tests beside them are left out."""
    files: dict[str, Kept] = {}
    digest = sha256()
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.suffix in CONTENT_TYPES and ".test." not in path.name:
            body = path.read_bytes()
            if path.suffix in FOR_US:
                body = FOR_US[path.suffix].sub(b"", body)
            digest.update(name.encode() + b"\0" + body)
            files[name] = Kept.of(body, CONTENT_TYPES[path.suffix])
    return StaticFiles(digest.hexdigest()[:12], files)
