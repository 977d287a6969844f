"""Keep the catalogues true: `python tools/i18n.py` merges new messages in, `--check` fails on a stale catalogue.

Messages are found in Python (`_`, `mark`, `words`) and in templates (`_`). Scripts hold no words of their own.
"""

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "selfhelp" / "translations"
KEYWORDS = {"_": None, "mark": None, "words": None}
UNSTEADY_HEADERS = re.compile(
    rb'"(POT?-\S*Date|Generated-By|Project-Id-Version|Report-Msgid|Last-Translator|Language-Team)[^"]*"\n'
)
"""Lines about who and when: the history knows, and every merge would change them."""

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def found_messages() -> Catalog:
    """Return every message in the code and the templates."""
    template = Catalog(project="selfhelp", charset="utf-8")
    options = {"**.html": {"extensions": "", "silent": "false"}}
    for folder, methods in (("selfhelp", [("**.py", "python")]), ("templates", [("**.html", "jinja2")])):
        for name, line, message, _comments, _context in extract_from_dir(
            ROOT / folder, methods, options, keywords=KEYWORDS, comment_tags=()
        ):
            template.add(message, locations=[(f"{folder}/{name}", line)])
    return template


def faults(path: Path, template: Catalog, *, whole: bool) -> list[str]:
    """Return what is stale in a catalogue; one that is not `whole` (a register) may leave messages out."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    wanted = {message.id for message in template if message.id}
    had = {message.id: message for message in catalogue if message.id}
    problems = [f"{path.name}: no longer used: {each!r}" for each in had if each not in wanted]
    for message in had.values():
        if message.string and set(PLACEHOLDER.findall(message.id)) != set(PLACEHOLDER.findall(message.string)):
            problems.append(f"{path.name}: other placeholders: {message.id!r}")
        if message.fuzzy:
            problems.append(f"{path.name}: fuzzy: {message.id!r}")
    if whole:
        problems += [
            f"{path.name}: not translated: {each!r}" for each in sorted(wanted) if each not in had or not had[each].string
        ]
    return problems


def all_faults() -> list[str]:
    """Return what is stale in all catalogues."""
    template = found_messages()
    return [
        fault for path in sorted(CATALOGUES.glob("*.po")) for fault in faults(path, template, whole="_" not in path.stem)
    ]


def merge() -> None:
    """Bring every whole catalogue up to date with the code; new messages stay empty."""
    template = found_messages()
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            old = {message.id: message.string for message in read_po(file) if message.id}
        fresh = Catalog(locale=path.stem.partition("_")[0], header_comment=f"# Selfhelp, {path.stem}", fuzzy=False)
        for message in template:
            if message.id and ("_" not in path.stem or message.id in old):
                fresh.add(message.id, old.get(message.id, ""), locations=[(name, 0) for name, _ in message.locations])
        buffer = BytesIO()
        write_po(buffer, fresh, omit_header=False, width=120, sort_by_file=True, include_lineno=False)
        path.write_bytes(UNSTEADY_HEADERS.sub(b"", buffer.getvalue()))


if __name__ == "__main__":
    if "--check" in sys.argv:
        stale = all_faults()
        print("\n".join(stale))
        sys.exit(bool(stale))
    merge()
