"""The background process. Its clock lives in memory; what it does can be repeated harmlessly."""

import logging
import signal
from types import FrameType

from apscheduler.schedulers.blocking import BlockingScheduler
from sqlalchemy.orm import Session

from selfhelp.accounts.sweeping import sweep
from selfhelp.care.log_heads import seal_days
from selfhelp.care.recounting import Recounted, recount_some
from selfhelp.core.clock import system_clock
from selfhelp.core.db import make_engines
from selfhelp.core.edge import Edge
from selfhelp.core.errors import RefusedFile
from selfhelp.core.sealing import Sealer
from selfhelp.core.settings import Settings
from selfhelp.web.site import NO_ORGANISATION
from selfhelp.wiring import COUNTED, read_product, read_site

_log = logging.getLogger("selfhelp.worker")


def run_worker(settings: Settings) -> None:
    """Run until told to stop."""
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    scheduler = BlockingScheduler(timezone="UTC")

    def stop(_number: int, _frame: FrameType | None) -> None:
        scheduler.shutdown(wait=False)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    scheduler.add_job(
        watch_content, "cron", args=[settings], hour=4, coalesce=True, max_instances=1, misfire_grace_time=3600
    )
    scheduler.add_job(seal_logs, "cron", args=[settings], hour=1, coalesce=True, max_instances=1, misfire_grace_time=3600)
    scheduler.add_job(
        recount_lines, "cron", args=[settings], hour=2, coalesce=True, max_instances=1, misfire_grace_time=3600
    )
    scheduler.add_job(sweep_log_ins, "interval", args=[settings], hours=1, coalesce=True, max_instances=1)
    scheduler.start()


def seal_logs(settings: Settings) -> int:
    """Seal the access logs of every day that is over; return how many days.

    Each seal is told to our own log too: where that is kept elsewhere, seals cannot be taken away together with lines.
    """
    engine = make_engines(settings.database).writer
    try:
        with Session(engine, expire_on_commit=False) as session:
            made = seal_days(session, Sealer(settings.keys), Edge(system_clock()))
            session.commit()
    finally:
        engine.dispose()
    for head in made:
        _log.info("access logs of %s sealed until %s: %s", head.organisation_id, head.day, head.digest.hex())
    return len(made)


def recount_lines(settings: Settings) -> Recounted:
    """Count anew what lists say of each client, and mend what is wrong; return how much was.

    A wrong line is a fault of a write, and so a warning; whose line it was is told to nobody.
    """
    engine, told = make_engines(settings.database).writer, Recounted()
    try:
        with Session(engine) as session:
            while recount_some(session, COUNTED, told):
                session.commit()
    finally:
        engine.dispose()
    _log.log(logging.WARNING if told.wrong else logging.INFO, "%s", told)
    return told


def sweep_log_ins(settings: Settings) -> int:
    """Remove what is over of logging in: sessions, counts of tries, invitations; return how many rows."""
    engine = make_engines(settings.database).writer
    try:
        with Session(engine) as session:
            removed = sweep(session, system_clock())
            session.commit()
    finally:
        engine.dispose()
    return removed


def watch_content(settings: Settings) -> list[str]:
    """Tell the keeper, once a night, what ages: faulty offers, and help lines that nobody checked lately."""
    warnings: list[str] = []
    product = read_product(settings)
    for root in sorted(path.parent for path in settings.folder.glob("*/offer.yaml")):
        try:
            read_site(product, root, NO_ORGANISATION, demo=settings.is_demo)
        except RefusedFile as refused:
            warnings += [str(problem) for problem in refused.problems]
    today = system_clock().date()
    warnings += [f"help line {line.key} is not checked" for line in product.lines if line.is_stale(today)]
    for warning in warnings:
        _log.warning("%s", warning)
    return warnings
