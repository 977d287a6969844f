"""Where an organisation's own copies of published wording lie: `wording/<slug>/<lang>.yaml` in the data folder."""

from pathlib import Path
from typing import Any

import yaml

from selfhelp.instruments.domain.instrument import Wording
from selfhelp.instruments.domain.passport import WordingOrigin


def owner_wording_folder(folder: Path) -> Path:
    """Return the folder, which need not exist."""
    return folder / "wording"


def write_owner_wording(folder: Path, slug: str, wording: Wording, origin: WordingOrigin) -> Path:
    """Keep a checked wording, and return where."""
    target = owner_wording_folder(folder) / slug / f"{wording.language}.yaml"
    target.parent.mkdir(parents=True, exist_ok=True)
    fields: dict[str, Any] = {
        "source": origin.source,
        "title": wording.title,
        "instruction": wording.instruction,
        "items": dict(wording.items),
        "options": {key: dict(texts) for key, texts in wording.options.items()},
    }
    fresh = target.with_suffix(".new")
    fresh.write_text(yaml.safe_dump(fields, allow_unicode=True, sort_keys=False), encoding="utf-8")
    fresh.replace(target)
    return target
