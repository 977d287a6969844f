"""What a person reads on an outcome page: as the server filled it in, or as `outcome.js` would."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta"}
INLINE = {"a", "span", "strong"}
NOT_COMPARED = ("filled-in", "actions", "kept", "cards")
"""What differs by design: buttons of the device, the promise about this tab, and the steps (see tests/guidance)."""


@dataclass(frozen=True)
class Device:
    """What the device's scripts found: keys of passages, scores as text, scales worked out from fewer answers."""

    keys: Collection[str]
    written: Mapping[str, str]
    prorated: Collection[str]


@dataclass
class _Element:
    tag: str
    is_visible: bool
    scale: str
    fills_score: bool = False


@dataclass
class _Reader(HTMLParser):
    device: Device | None
    texts: list[str] = field(default_factory=list)
    seen_keys: set[str] = field(default_factory=set)
    within: list[_Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        around = self.within[-1] if self.within else _Element("", is_visible=False, scale="")
        scale = given.get("data-scale", around.scale)
        self._begin_or_end(tag)
        is_visible = given.get("id") == "outcome" or (around.is_visible and self._is_shown(given, scale))
        if is_visible and self._is_marked(given, scale):
            self.texts.append(f" [this is yours: {given.get('data-band-row') or given.get('data-band-stretch')}] ")
        if tag not in VOID:
            self.within.append(_Element(tag, is_visible, scale, fills_score=given.get("data-fill") == "score"))
            if is_visible and self.within[-1].fills_score and self.device:
                self.texts.append(self.device.written[scale])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._begin_or_end(tag)
        assert self.within.pop().tag == tag, f"{tag} ends what it did not begin"

    def handle_data(self, data: str) -> None:
        if self.within and self.within[-1].is_visible:
            self.texts.append(data)

    def _begin_or_end(self, tag: str) -> None:
        if tag not in INLINE:
            self.texts.append(" ")

    def _is_shown(self, given: Mapping[str, str], scale: str) -> bool:
        if set(given.get("class", "").split()) & set(NOT_COMPARED):
            return False
        if self.device is None:
            return "hidden" not in given
        if "data-when" in given:
            self.seen_keys.add(given["data-when"])
            return given["data-when"] in self.device.keys
        return scale in self.device.prorated if "data-prorated" in given else "hidden" not in given

    def _is_marked(self, given: Mapping[str, str], scale: str) -> bool:
        band = given.get("data-band-row") or given.get("data-band-stretch")
        if not band:
            return False
        if self.device:
            return f"{scale}:{band}" in self.device.keys
        return given.get("aria-current") == "true" or "here" in given.get("class", "").split()


def read_page(page: str, device: Device | None = None) -> tuple[list[str], set[str]]:
    """Return the visible words inside #outcome, and the keys that passages of the page asked for."""
    reader = _Reader(device)
    reader.feed(page)
    assert not reader.within, [element.tag for element in reader.within]
    return "".join(reader.texts).split(), reader.seen_keys
