"""Pictures that a client sends to the counsellors from a step: small, without what a camera writes into them, sealed.

A picture is shared like all else, open or until the end of a day; after it, it is its owner's only. Taken back, it is gone.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from threading import BoundedSemaphore
from uuid import UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from selfhelp.care.models import Client
from selfhelp.care.sharing import share, stop_sharing
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere, SelfhelpError
from selfhelp.core.sealing import Place, Sealer
from selfhelp.modules.models import StepPhoto

LONGEST_SIDE = 1600
"""Pixels: a letter on A4 can be read well at this size, and is some 300 kB."""
MOST_PIXELS = 25_000_000
MOST_PHOTOS = 100
"""Of one client: a drawer full of letters, and no disk full of films."""
_ONE_AT_A_TIME = BoundedSemaphore(1)
"""Per process: an unpacked picture takes up to 100 MB."""
QUALITY = 80
_UNOPENED = defer(StepPhoto.picture_sealed, raiseload=True)
FORMATS = ("JPEG", "PNG", "WEBP")


class NoPicture(SelfhelpError):
    """What was sent is no picture that we can read."""


class TooManyPhotos(SelfhelpError):
    """A client sent as many pictures as we keep."""


class DayPassed(SelfhelpError):
    """The last day of a picture went by while it waited on a device: nobody would open it, and its owner is asked again."""


def small_picture(content: bytes) -> bytes:
    """Return a picture as a JPEG of its pixels and nothing else, turned the right way up. Slow: outside database blocks.

    Raises:
        NoPicture: no JPEG, PNG or WebP, broken, or so large that it would fill the memory.
    """
    # 9 MB in each process and 40 ms, for what few requests need.
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415

    try:
        with _ONE_AT_A_TIME, Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NoPicture
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            # Onto an empty one: Pillow hands on comments and more to what it makes of a picture, and writes them.
            pixels, made = Image.new("RGB", upright.size), BytesIO()
            pixels.paste(upright)
            pixels.save(made, "JPEG", quality=QUALITY)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NoPicture from error
    return made.getvalue()


def photo_id_of(form_id: UUID, content: bytes) -> UUID:
    """Return the id of a picture: sent twice it is one, and another picture under the same form's id is another one."""
    return uuid5(form_id, sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class Sent:
    """A picture on its way into a file: from which training, step and exercise, and until when it may be opened.

    `until` is the last day, None for until that is stopped; `is_shared` is False where nobody else may open it yet.
    """

    id: UUID
    jpeg: bytes
    where: tuple[str, str, str]
    until: date | None = None
    is_shared: bool = True


def add_photo(session: Session, sealer: Sealer, client: Client, sent: Sent, *, edge: Edge) -> None:
    """Keep a picture, sealed, and share it. The same one again changes nothing.

    Raises:
        NotHere: the id is that of somebody else's picture.
        TooManyPhotos: take some back first.
    """
    known = session.get(StepPhoto, sent.id)
    if known is not None:
        if known.client_id != client.id:
            raise NotHere
        return
    mine = select(func.count()).select_from(StepPhoto).where(StepPhoto.client_id == client.id)
    if (session.scalar(mine) or 0) >= MOST_PHOTOS:
        raise TooManyPhotos
    module_key, step_key, exercise_id = sent.where
    row = StepPhoto(
        id=sent.id,
        organisation_id=client.organisation_id,
        client_id=client.id,
        module_key=module_key,
        step_key=step_key,
        exercise_id=exercise_id,
        sent_at=edge.now,
    )
    row.picture_sealed = sealer.seal(b64encode(sent.jpeg).decode("ascii"), _place(row))
    session.add(row)
    session.flush()
    if sent.is_shared:
        share(session, client, "photo", row.id, until=sent.until, edge=edge)


def has_photo(session: Session, client: Client, photo_id: UUID) -> bool:
    """Whether a client has sent this picture."""
    mine = select(StepPhoto.id).where(StepPhoto.id == photo_id, StepPhoto.client_id == client.id)
    return session.scalar(mine) is not None


def own_photos(session: Session, client: Client, step: tuple[str, str] | None = None) -> Sequence[StepPhoto]:
    """Return all pictures of a client (of one step), the newest first, without what is on them: for their owner's eyes."""
    mine = select(StepPhoto).where(StepPhoto.client_id == client.id).order_by(StepPhoto.sent_at.desc())
    if step:
        mine = mine.where(StepPhoto.module_key == step[0], StepPhoto.step_key == step[1])
    return session.scalars(mine.options(_UNOPENED)).all()


def find_photo(session: Session, client: Client, photo_id: UUID) -> StepPhoto:
    """Return a picture of this client, without what is on it, or raise NotHere."""
    return _mine(client, session.get(StepPhoto, photo_id, options=[_UNOPENED]))


def get_photo(session: Session, client: Client, photo_id: UUID) -> StepPhoto:
    """Return a picture of this client, still sealed, or raise NotHere."""
    return _mine(client, session.get(StepPhoto, photo_id))


def _mine(client: Client, row: StepPhoto | None) -> StepPhoto:
    if row is None or row.client_id != client.id:
        raise NotHere
    return row


def open_picture(sealer: Sealer, row: StepPhoto) -> bytes:
    """Return the JPEG of a picture."""
    return b64decode(sealer.open(row.picture_sealed, _place(row)))


def take_back(session: Session, client: Client, photo_id: UUID) -> None:
    """Remove a picture: nobody can open it any more."""
    session.delete(get_photo(session, client, photo_id))
    stop_sharing(session, client, "photo", photo_id)
    session.flush()


def _place(row: StepPhoto) -> Place:
    return Place("step_photo", "picture_sealed", row.id, row.organisation_id)
