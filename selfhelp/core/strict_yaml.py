"""Read YAML that people wrote, and remember where each field stood.

Stricter than YAML itself, because these files decide what a worried person reads: no aliases (an alias bomb of 300 bytes
unfolds to gigabytes), no duplicate keys, no NaN or infinity, only `true` and `false` as booleans (in YAML 1.1 `no` and
`on` would be booleans too, and Dutch answer texts are full of such words), no control characters (a page marks with them
what only some answers show), and limits on size and depth.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from selfhelp.core.errors import Problem, RefusedFile

MAX_BYTES = 300_000
MAX_NODES = 20_000
MAX_DEPTH = 20

Where = tuple[str | int, ...]
"""A path of keys and positions from the top of a document."""

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_BASE: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """The plain value of one file and the line of each of its fields."""

    name: str
    value: Any
    lines: dict[Where, int]

    def problem(self, where: Where, reason: str) -> Problem:
        """Return a problem at `where`, or at the nearest field around it that stands in the file."""
        known = where
        while known and known not in self.lines:
            known = known[:-1]
        return Problem(self.name, self.lines.get(known), ".".join(str(part) for part in where), reason)


def read_document(path: Path, name: str) -> Document:
    """Read and check one file; `name` is how it is called in problems.

    Raises:
        RefusedFile: with file, line, field and reason.
    """
    return parse_document(read_text(path, name), name)


def read_text(path: Path, name: str) -> str:
    """Read a file that people wrote; RefusedFile when it cannot be read, is too large, or is not text."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RefusedFile([Problem(name, None, "", f"cannot be read: {error.strerror}")]) from error
    if len(raw) > MAX_BYTES:
        raise RefusedFile([Problem(name, None, "", f"larger than {MAX_BYTES} bytes")])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedFile([Problem(name, None, "", "is not UTF-8")]) from error


def parse_document(text: str, name: str, *, lines_before: int = 0) -> Document:
    """Check the YAML in `text`, which begins after `lines_before` lines of its file (front matter, say).

    Raises:
        RefusedFile: with file, line, field and reason.
    """
    reader = _Reader(name, lines_before)
    try:
        _refuse_aliases(text, name, lines_before)
        node = yaml.compose(text, Loader=_BASE)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "is not YAML"
        raise RefusedFile([Problem(name, mark.line + 1 + lines_before if mark else None, "", str(reason))]) from error
    value = reader.value_of(node, ()) if node is not None else None
    return Document(name, value, reader.lines)


def _refuse_aliases(text: str, name: str, lines_before: int) -> None:
    # On the event stream, before anything is composed: a deep or aliased document costs nothing yet.
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_BASE)):
        line = event.start_mark.line + 1 + lines_before if event.start_mark else None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise RefusedFile([Problem(name, line, "", "anchors and aliases are not allowed")])
        if getattr(event, "tag", None):
            raise RefusedFile([Problem(name, line, "", "tags are not allowed")])
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH or count > MAX_NODES:
            raise RefusedFile([Problem(name, line, "", f"more than {MAX_NODES} values or {MAX_DEPTH} levels")])


class _Reader:
    """Turns nodes into plain values and notes the line of each."""

    def __init__(self, name: str, lines_before: int) -> None:
        self.name = name
        self.first = 1 + lines_before
        self.lines: dict[Where, int] = {}

    def value_of(self, node: yaml.Node, where: Where) -> Any:
        line = node.start_mark.line + self.first
        self.lines.setdefault(where, line)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.value_of(child, (*where, index)) for index, child in enumerate(node.value)]
        if not isinstance(node, yaml.ScalarNode):
            raise RefusedFile([Problem(self.name, line, _dotted(where), "is no value")])
        return self._scalar(node, where)

    def _mapping(self, node: yaml.MappingNode, where: Where) -> dict[str | int, Any]:
        found: dict[str | int, Any] = {}
        for key_node, value_node in node.value:
            key = self._scalar(key_node, where) if isinstance(key_node, yaml.ScalarNode) else None
            line = key_node.start_mark.line + self.first
            if not isinstance(key, str | int) or isinstance(key, bool):
                raise RefusedFile([Problem(self.name, line, _dotted(where), "a key must be a word or a whole number")])
            if key in found:
                raise RefusedFile([Problem(self.name, line, _dotted((*where, key)), "stands here twice")])
            self.lines[(*where, key)] = line
            found[key] = self.value_of(value_node, (*where, key))
        return found

    def _scalar(self, node: yaml.ScalarNode, where: Where) -> Any:
        text = str(node.value)
        if _CONTROL.search(text):
            line = node.start_mark.line + 1
            raise RefusedFile([Problem(self.name, line, _dotted(where), "holds a control character")])
        if node.style is not None and node.style != "":
            return text
        if text.lower() in _WORDS and (text in _WORDS or text == text.lower()):
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Fraction(text)
        if text.lower().lstrip("+-.") in {"nan", "inf"} and "." in text:
            line = node.start_mark.line + self.first
            raise RefusedFile([Problem(self.name, line, _dotted(where), "is not a number that can be counted with")])
        return text


def _dotted(where: Where) -> str:
    return ".".join(str(part) for part in where)
