"""The pages of a diary."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from flask import request

from selfhelp.care.gate import Opened
from selfhelp.care.sharing import find_sharing, shared_now
from selfhelp.core.i18n import mark
from selfhelp.diary.domain import LONGEST, MOODS, Content, Month
from selfhelp.diary.service import KIND, EntryNow, get_entry, list_earlier, page_of_diary
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

TITLE = mark("Diary")
NOTHING_TYPED: Mapping[str, str] = {}


def diary_page(file: Opened, content: Content | None = None, faults: Mapping[str, str] = NOTHING_TYPED) -> str:
    """Render a month, below a form to write; with what was typed and is wrong with it."""
    today = local_day(now(), current_site().zone)
    month = Month.read(request.args.get("month", ""), today)
    told: dict[str, Any] = {
        "found": page_of_diary(file.session, sealer(), file.client, month),
        "shares": shared_now(file.session, file.client, today),
        "is_now": month == Month.of(today),
        "id": request.form.get("id", type=UUID) or uuid4(),
    }
    return render("diary/month.html", page="diary", title=TITLE, **told, **_form(content or Content(), faults))


def entry_page(
    file: Opened,
    entry_id: UUID,
    content: Content | None = None,
    faults: Mapping[str, str] = NOTHING_TYPED,
    *,
    is_overtaken: bool = False,
) -> str:
    """Render one entry: who reads it, a form to correct it, and what it said before."""
    entry = get_entry(file.session, sealer(), file.client, entry_id)
    told: dict[str, Any] = {
        "entry": entry,
        "earlier": list_earlier(file.session, sealer(), file.client, entry_id),
        "sharing_now": find_sharing(file.session, file.client, KIND, entry_id, local_day(now(), current_site().zone)),
        "is_overtaken": is_overtaken,
        "kept": "kept" in request.args,
    }
    return render("diary/entry.html", page="diary-entry", title=TITLE, **told, **_form(content or entry.content, faults))


def shared_entry_page(client_id: UUID, name: str, entry: EntryNow) -> str:
    """Render an entry as a counsellor reads it: as it is now, and nothing of what it said before."""
    told = {"client_id": client_id, "name": name, "entry": entry, "moods": MOODS}
    return render("diary/shared.html", page="shared-entry", title=TITLE, **told)


def _form(content: Content, faults: Mapping[str, str]) -> dict[str, Any]:
    return {"content": content, "faults": faults, "moods": MOODS, "most": LONGEST}
