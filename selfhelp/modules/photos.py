"""Pictures that a client sends to the counsellors from a step: small, without what a camera writes into them, sealed."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from io import BytesIO
from threading import BoundedSemaphore
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from selfhelp.care.models import Client
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
FORMATS = ("JPEG", "PNG", "WEBP")


class NoPicture(SelfhelpError):
    """What was sent is no picture that we can read."""


class TooManyPhotos(SelfhelpError):
    """A client sent as many pictures as we keep."""


def small_picture(content: bytes) -> bytes:
    """Return a picture as a JPEG without place, time and camera, turned the right way up. Slow: outside database blocks.

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
            made = BytesIO()
            upright.save(made, "JPEG", quality=QUALITY)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NoPicture from error
    return made.getvalue()


def add_photo(
    session: Session,
    sealer: Sealer,
    client: Client,
    photo_id: UUID,
    jpeg: bytes,
    *,
    where: tuple[str, str, str],
    edge: Edge,
) -> None:
    """Keep a picture, sealed; `where` is training, step and exercise. The same id again changes nothing.

    Raises:
        NotHere: the id is that of somebody else's picture.
        TooManyPhotos: take some back first.
    """
    known = session.get(StepPhoto, photo_id)
    if known is not None:
        if known.client_id != client.id:
            raise NotHere
        return
    mine = select(func.count()).select_from(StepPhoto).where(StepPhoto.client_id == client.id)
    if (session.scalar(mine) or 0) >= MOST_PHOTOS:
        raise TooManyPhotos
    module_key, step_key, exercise_id = where
    row = StepPhoto(
        id=photo_id,
        organisation_id=client.organisation_id,
        client_id=client.id,
        module_key=module_key,
        step_key=step_key,
        exercise_id=exercise_id,
        sent_at=edge.now,
    )
    row.picture_sealed = sealer.seal(b64encode(jpeg).decode("ascii"), _place(row))
    session.add(row)
    session.flush()


def list_photos(session: Session, client: Client, step: tuple[str, str] | None = None) -> Sequence[StepPhoto]:
    """Return the pictures that a client sent (from one step), the newest first, without what is on them."""
    mine = select(StepPhoto).where(StepPhoto.client_id == client.id).order_by(StepPhoto.sent_at.desc())
    if step:
        mine = mine.where(StepPhoto.module_key == step[0], StepPhoto.step_key == step[1])
    return session.scalars(mine.options(defer(StepPhoto.picture_sealed, raiseload=True))).all()


def get_photo(session: Session, client: Client, photo_id: UUID) -> StepPhoto:
    """Return a picture of this client, still sealed, or raise NotHere."""
    row = session.get(StepPhoto, photo_id)
    if row is None or row.client_id != client.id:
        raise NotHere
    return row


def open_picture(sealer: Sealer, row: StepPhoto) -> bytes:
    """Return the JPEG of a picture."""
    return b64decode(sealer.open(row.picture_sealed, _place(row)))


def take_back(session: Session, client: Client, photo_id: UUID) -> None:
    """Remove a picture: nobody can open it any more."""
    session.delete(get_photo(session, client, photo_id))
    session.flush()


def _place(row: StepPhoto) -> Place:
    return Place("step_photo", "picture_sealed", row.id, row.organisation_id)
