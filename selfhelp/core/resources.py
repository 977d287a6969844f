"""Find the folders that stand beside the package in a checkout and inside it in a wheel."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def folder(name: str) -> Path:
    """Return the folder `name` (`selftests`, `static`, `templates`, `service-worker`, or one inside the package).

    Raises:
        FileNotFoundError: an installation without that folder is broken; nothing sensible can go on.
    """
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent / name, _PACKAGE / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(name)
