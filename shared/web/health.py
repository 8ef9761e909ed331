"""Whether the process lives, and whether it can serve."""

from collections.abc import Callable
from contextlib import suppress

import sqlalchemy as sa
from flask import Flask
from kombu import Connection
from kombu.exceptions import KombuError

from shared.logs import get_logger
from shared.messaging.ailing import Ailing, all_ailing
from shared.messaging.service import Service
from shared.settings import CommonSettings

log = get_logger(__name__)
BROKER_WITHIN = 1  # seconds


def install(app: Flask, service: Service, settings: CommonSettings, prefix: str) -> None:
    """`/healthz`: alive. `/readyz`: can serve, which takes the database.

    The broker is looked at and shown but not required: pages never wait for it, and a booking made while it is away
    leaves the outbox when it is back. A timer that fails is shown, and `degraded` once it has failed for five minutes.
    """

    def alive() -> dict[str, str]:
        return {"status": "ok", "service": service.name}

    def ready() -> tuple[dict[str, str], int]:
        database = database_answers(service)
        found = {"database": "ok" if database else "away"}
        if not settings.embedded:
            found["broker"] = "ok" if broker_answers(settings.broker_url) else "away"
        timers = ailing_timers(service) if database else []
        if timers:
            found["timers"] = "failing: " + ", ".join(one.name for one, _lasts in timers)
        lasting = any(lasts for _one, lasts in timers)
        well = {found[name] for name in found if name != "timers"} == {"ok"} and not lasting
        status = "ok" if well else "degraded" if database else "away"
        return {"status": status, "service": service.name, **found}, 200 if database else 503

    for where in dict.fromkeys(("", prefix)):
        _add(app, f"{where}/healthz", "alive", alive)
        _add(app, f"{where}/readyz", "ready", ready)


def _add(app: Flask, rule: str, endpoint: str, view: Callable[[], object]) -> None:
    app.add_url_rule(rule, endpoint, view)  # type: ignore[arg-type]


def database_answers(service: Service) -> bool:
    """Whether the service's database answers a question."""
    try:
        with service.read() as conn:
            conn.execute(sa.select(1))
        return True
    except Exception as error:  # noqa: BLE001 - whatever is wrong, it does not answer
        log.warning("The database does not answer.", error=type(error).__name__)
        return False


def ailing_timers(service: Service) -> list[tuple[Ailing, bool]]:
    """The timers that fail, each with whether it has for long."""
    try:
        with service.read() as conn:
            now = service.clock.now(conn)
            return [(one, one.lasts(now)) for one in all_ailing(conn, service.tables.ailing)]
    except Exception as error:  # noqa: BLE001 - a service that cannot tell serves all the same
        log.warning("How timers are cannot be read.", error=type(error).__name__)
        return []


def broker_answers(url: str) -> bool:
    """Whether a broker lets us in. An open port is not enough: the machine holds it open for one that hangs."""
    patience = {"read_timeout": BROKER_WITHIN, "write_timeout": BROKER_WITHIN}
    for one in url.split(";"):
        broker = Connection(one, connect_timeout=BROKER_WITHIN, transport_options=patience)
        try:
            broker.ensure_connection(max_retries=0)
            return True
        except (OSError, KombuError, *broker.connection_errors, *broker.channel_errors):
            continue
        finally:
            with suppress(Exception):  # it may hang now, of all times
                broker.release()
    return False
