"""The sealer of this installation, for views."""

from flask import current_app

from selfhelp.core.sealing import Sealer


def sealer() -> Sealer:
    """Return what seals and opens text here."""
    found: Sealer = current_app.extensions["selfhelp.sealer"]
    return found
