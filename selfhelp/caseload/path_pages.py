"""The page on which a path is agreed on with a client."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from selfhelp.care.gate import Opened
from selfhelp.care.service import client_name
from selfhelp.care.sharing import shared_now
from selfhelp.caseload.path_form import LONGEST_WORDS, PathForm, form_of
from selfhelp.core.i18n import mark
from selfhelp.modules.agreed import AgreedStep, agreed_steps
from selfhelp.modules.domain import Module
from selfhelp.modules.path import Path, Where, entry_ids, find_path, states_on_path
from selfhelp.modules.presentation import step_titles
from selfhelp.modules.service import Trainings
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

TITLE = mark("Clients")


@dataclass(frozen=True, slots=True)
class PathFound:
    """What the page shows of one client: the path, how far the steps on it are, and which entries are shared (by step)."""

    name: str
    path: Path
    agreed: list[AgreedStep]
    shared: Mapping[Where, str]


def path_found(file: Opened) -> PathFound:
    """Read a client's path. States are those of steps on it; of entries, those that are shared."""
    trainings = current_site().part(Trainings)
    path = find_path(file.session, sealer(), file.client)
    shares = shared_now(file.session, file.client, today())
    entries = entry_ids(file.session, file.client) if path.steps and shares else {}
    return PathFound(
        name=client_name(sealer(), file.client),
        path=path,
        agreed=agreed_steps(path, states_on_path(file.session, file.client, path), trainings),
        shared={where: str(entry_id) for where, entry_id in entries.items() if ("step", entry_id) in shares},
    )


def path_page(file: Opened, found: PathFound, form: PathForm | None = None, *, notice: str = "") -> str:
    """Render a client's path and the form to change it; with `form`, what was typed and is wrong with it."""
    site = current_site()
    trainings = site.part(Trainings)
    told = {"client": file.client, "reason": file.reason, "found": found, "notice": notice, "most": LONGEST_WORDS}
    return render(
        "caseload/path.html",
        page="path",
        title=TITLE,
        form=form or form_of(found.path, file.client.next_at, site.zone, today()),
        fresh_id=uuid4(),
        offered=[(each, each.steps_in(trainings.country)) for each in trainings.modules.values()],
        titles=titles_of(trainings.modules),
        **told,
    )


def titles_of(modules: Mapping[str, Module]) -> Mapping[str, Mapping[str, str]]:
    """Return the title of each step, by training."""
    site = current_site()
    trainings, variant = site.part(Trainings), current_variant(site)
    return {key: step_titles(trainings, module, variant) for key, module in modules.items()}


def today() -> date:
    """Return the day it is in this organisation."""
    return local_day(now(), current_site().zone)
