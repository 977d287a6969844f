"""The variants of a public page: language, and whether somebody says to be under 18. They stand in the address."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import g, request

from selfhelp.core.i18n import Words, words
from selfhelp.web.site import Site

DEFAULT_LANGUAGE = "nl"


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to render every public page. `register` is `je` for the young, else the organisation's own."""

    language: str
    young: bool
    register: str

    @property
    def query(self) -> str:
        """Return the query that keeps this variant, without `?`; empty for the default."""
        given = {"lang": self.language} if self.language != DEFAULT_LANGUAGE else {}
        return urlencode(given | ({"young": "1"} if self.young else {}))

    @property
    def words(self) -> Words:
        """Return the interface texts."""
        return words(self.language, self.register)

    def address(self, path: str) -> str:
        """Return `path` for this variant; it may bring a query or a place on the page along."""
        if not self.query:
            return path
        path, mark, place = path.partition("#")
        return f"{path}{'&' if '?' in path else '?'}{self.query}{mark}{place}"

    def younger(self, path: str) -> str:
        """Return `path` for somebody under 18."""
        return replace(self, young=True).address(path)

    def grown(self, path: str) -> str:
        """Return `path` for an adult."""
        return replace(self, young=False).address(path)


def make_variant(site: Site, language: str | None, *, young: bool) -> Variant:
    """Return a variant that this organisation has; an unknown language falls back to its first."""
    chosen = language if language in site.languages else site.languages[0]
    return Variant(chosen, young, "je" if young else site.register)


def all_variants(site: Site) -> list[Variant]:
    """Return every variant of an organisation's pages, the default first."""
    return [make_variant(site, language, young=young) for young in (False, True) for language in site.languages]


def current_variant(site: Site) -> Variant:
    """Return the variant that this request's address asks for."""
    found: Variant | None = g.get("variant")
    if found is None:
        found = make_variant(site, request.args.get("lang"), young=request.args.get("young") == "1")
        g.variant = found
    return found
