"""The map as a file to take along, under a name that says nothing."""

from flask import render_template
from werkzeug.wrappers import Response

from selfhelp.care.together import Where
from selfhelp.core.i18n import mark
from selfhelp.network import domain, drawing
from selfhelp.network.pages import people_to_export
from selfhelp.network.png import draw_png
from selfhelp.offer.domain.opening import local_day
from selfhelp.offer.words import long_day
from selfhelp.web.moment import now
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

TYPES = {"svg": "image/svg+xml", "png": "image/png"}
NAME = mark("picture")


def map_file(where: Where, form: str) -> Response:
    """Answer with the map as it is now, as `svg` or `png`."""
    words, today = current_variant(current_site()).words, local_day(now(), current_site().zone)
    spots = drawing.spots(people_to_export(where))
    day = long_day(today, words)
    if form == "png":
        content: bytes | str = draw_png(spots, words, day)
    else:
        told = {"spots": spots, "d": drawing, "signs": drawing.legend(spots), "day": day, "_": words}
        content = render_template("network/picture.svg", kinds=domain.KINDS, ring_names=domain.RINGS, **told)
    name = f'attachment; filename="{words(NAME)}-{today}.{form}"'
    return Response(content, mimetype=TYPES[form], headers={"Content-Disposition": name})
