"""The pages of the map: the same for a client alone and, on the counsellor's device, for both."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import g, request
from werkzeug.wrappers import Response

from selfhelp.care.domain import Event
from selfhelp.care.gate import Opened, opened
from selfhelp.care.service import client_name
from selfhelp.care.sharing import Sharing, find_sharing, share
from selfhelp.care.together import Where, companion, note_read, note_written
from selfhelp.core.errors import NotHere
from selfhelp.core.i18n import mark
from selfhelp.network import domain, drawing, service
from selfhelp.network.domain import People, Typed, differences, read_form, read_place
from selfhelp.network.errors import TooManyPeople
from selfhelp.network.service import MapNow
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

TITLE = mark("Map")

Answer = Response | str | tuple[str, int]


def show_map(where: Where) -> str:
    """Return the map. Together, as long as it is shared; else how it can be, whether or not there is one."""
    with opened(g.actor, where.client_id, Event.READ, "network map") as file:
        found, sharing = _found(file)
        if where.is_together and sharing is None:
            return _begin_page(file, where)
        page = _map_page(file, where, found, sharing)
    if where.is_together and sharing:
        note_read(file, sharing)
    return page


def begin(where: Where) -> Answer:
    """Begin a map together; it is shared from the start. One that the client keeps private stays as it is."""
    with opened(g.actor, where.client_id, Event.CHANGE, "network map") as file:
        found, sharing = _found(file)
        if found is not None and sharing is None:
            return _begin_page(file, where, is_private=True), 409
        hand = companion(g.actor)
        map_id = service.begin_map(file.session, sealer(), file.client, together_with=hand, edge=file.edge)
        if found is None:
            share(file.session, file.client, service.KIND, map_id, until=None, edge=file.edge)
    return go_to(where.address)


def take_person(where: Where) -> Answer:
    """Put somebody on the map."""
    typed, person_id = read_form(request.form.to_dict(flat=False)), request.form.get("id", type=UUID) or uuid4()
    with opened(g.actor, where.client_id, Event.READ if typed.faults else Event.CHANGE, "network map") as file:
        found, sharing = _may_see(file, where)
        if typed.faults:
            return _map_page(file, where, found, sharing, typed), 400
        try:
            service.begin_map(file.session, sealer(), file.client, together_with=companion(g.actor), edge=file.edge)
            service.put(file.session, sealer(), file.client, person_id, typed, edge=file.edge)
        except TooManyPeople:
            full = Typed(typed.name, typed.kind, typed.ring, typed.supports, {"name": domain.TOO_MANY})
            return _map_page(file, where, found, sharing, full), 400
        note_written(file, where, sharing)
    return go_to(f"{where.address}?said=added#add")


def show_person(where: Where, person_id: UUID) -> str:
    """Return the page of one person on the map."""
    with opened(g.actor, where.client_id, Event.READ, "network map") as file:
        return _person_page(file, where, person_id)


def change_person(where: Where, person_id: UUID) -> Answer:
    """Change what is said of one person."""
    typed = read_form(request.form.to_dict(flat=False))
    with opened(g.actor, where.client_id, Event.READ if typed.faults else Event.CHANGE, "network map") as file:
        _drawn(file, where).person(person_id)
        if typed.faults:
            return _person_page(file, where, person_id, typed), 400
        service.put(file.session, sealer(), file.client, person_id, typed, edge=file.edge)
    return go_to(where.address)


def place_person(where: Where, person_id: UUID) -> Response:
    """Move one person, by a button or (said by a script) by hand."""
    verb = request.form.get("go", "")
    place = read_place(request.form.get("ring", ""), request.form.get("angle", ""))
    if place is None:
        raise NotHere
    with opened(g.actor, where.client_id, Event.CHANGE, "network map") as file:
        _drawn(file, where)
        service.move(file.session, sealer(), file.client, person_id, verb=verb, place=place, edge=file.edge)
    by_script = request.form.get("by") == "script"
    return Response(status=204) if by_script else go_to(f"{where.address}/people/{person_id}#map")


def take_off(where: Where, person_id: UUID) -> Response:
    """Take one person off the map."""
    with opened(g.actor, where.client_id, Event.CHANGE, "network map") as file:
        _drawn(file, where)
        service.take_off(file.session, sealer(), file.client, person_id, edge=file.edge)
    return go_to(where.address)


def keep_picture(where: Where) -> Response:
    """Keep the map as a picture of today."""
    with opened(g.actor, where.client_id, Event.CHANGE, "network map: picture kept") as file:
        _found_map, sharing = _may_see(file, where)
        service.keep_picture(file.session, sealer(), file.client, together_with=companion(g.actor), edge=file.edge)
        note_written(file, where, sharing)
    return go_to(f"{where.address}?said=pictured#pictures")


def show_picture(where: Where, picture_id: UUID) -> str:
    """Return an earlier picture beside the map as it is now, and what is different."""
    with opened(g.actor, where.client_id, Event.READ, "network map: picture") as file:
        drawn = _drawn(file, where)
        picture = service.get_picture(file.session, sealer(), file.client, picture_id)
        told = {"picture": picture, "then": _shown(picture.people), "now": _shown(drawn.people)}
        changed = differences(picture.people, drawn.people)
        return render(
            "network/picture.html", page="network-picture", title=TITLE, **_frame(file, where), **told, changed=changed
        )


def remove_picture(where: Where, picture_id: UUID) -> Response:
    """Remove an earlier picture."""
    with opened(g.actor, where.client_id, Event.CHANGE, "network map: picture removed") as file:
        service.remove_picture(file.session, file.client, picture_id)
    return go_to(where.address)


def remove_map(where: Where) -> Response:
    """Remove the map with all its pictures."""
    with opened(g.actor, where.client_id, Event.CHANGE, "network map removed") as file:
        service.remove_map(file.session, file.client)
    return go_to(where.address)


def people_to_export(where: Where) -> People:
    """Return who is on the map, to be drawn in a file."""
    with opened(g.actor, where.client_id, Event.EXPORT, "network map") as file:
        if file.reason:  # a reason opens a file to look into, not to take it along
            raise NotHere
        return _drawn(file, where).people


def _found(file: Opened) -> tuple[MapNow | None, Sharing | None]:
    found = service.find_map(file.session, sealer(), file.client)
    sharing = find_sharing(file.session, file.client, service.KIND, found.id, _today()) if found else None
    return found, sharing


def _may_see(file: Opened, where: Where) -> tuple[MapNow | None, Sharing | None]:
    """Return the map and how it is shared; together, one that is not shared is none: NotHere."""
    found, sharing = _found(file)
    if where.is_together and sharing is None:
        raise NotHere
    return found, sharing


def _drawn(file: Opened, where: Where) -> MapNow:
    found, _sharing = _may_see(file, where)
    if found is None:
        raise NotHere
    return found


def _map_page(file: Opened, where: Where, found: MapNow | None, sharing: Sharing | None, typed: Typed | None = None) -> str:
    return render(
        "network/map.html",
        page="network",
        title=TITLE,
        found=found,
        shown=_shown(found.people if found else []),
        pictures=service.list_pictures(file.session, sealer(), file.client),
        sharing_now=sharing,
        said=request.args.get("said", "") if request.method == "GET" else "",
        id=(request.form.get("id", type=UUID) if typed else None) or uuid4(),
        **_typed(typed or Typed()),
        **_frame(file, where),
    )


def _person_page(file: Opened, where: Where, person_id: UUID, typed: Typed | None = None) -> str:
    drawn = _drawn(file, where)
    person = drawn.person(person_id)
    told = {"person": person, "shown": _shown(drawn.people)}
    fields = typed or Typed(person.name, person.kind, person.ring, person.supports)
    return render("network/person.html", page="network-person", title=TITLE, **told, **_typed(fields), **_frame(file, where))


def _begin_page(file: Opened, where: Where, *, is_private: bool = False) -> str:
    frame = _frame(file, where)
    return render("network/begin.html", page="network-begin", title=TITLE, is_private=is_private, **frame)


def _shown(people: People) -> dict[str, Any]:
    drawn = drawing.spots(people)
    return {"spots": drawn, "rings": drawing.ring_words(drawn)}


def _typed(typed: Typed) -> dict[str, Any]:
    return {"typed": typed, "faults": typed.faults or {}}


def _frame(file: Opened, where: Where) -> dict[str, Any]:
    name = client_name(sealer(), file.client) if where.is_together else ""
    words = {"kinds": domain.KINDS, "ring_names": domain.RINGS, "supports": domain.SUPPORTS}
    return {"where": where, "name": name, "may_change": not file.reason, "most": domain.LONGEST_NAME, "d": drawing, **words}


def _today() -> date:
    return local_day(now(), current_site().zone)
