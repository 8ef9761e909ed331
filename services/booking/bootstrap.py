"""Wires the booking service: the only place that knows all its parts."""

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from services.booking.handlers import handlers, say_again
from services.booking.settings import Settings
from services.booking.store.measures import MEASURES
from services.booking.store.tables import MESSAGING, metadata
from services.booking.timers import timers
from services.booking.use_cases.ledger import ledger
from services.booking.use_cases.resay import resay
from services.booking.use_cases.voice import Voice
from shared.assembly import Assembly
from shared.clock import Clock, DatabaseClock
from shared.database import Database
from shared.ledger.ledger import open_ledger
from shared.links import Links
from shared.messaging.bell import make_bell
from shared.messaging.inbox import Inbox
from shared.messaging.service import Service
from shared.settings import with_files

if TYPE_CHECKING:
    from flask import Flask

HERE = Path(__file__).parent


def assemble(env: Mapping[str, str] | None = None, *, clock: Clock | None = None) -> Assembly:
    """The booking service, from the environment. Raises WrongSetting."""
    settings = Settings.from_env(with_files(os.environ if env is None else env))
    database = Database(settings.database_url)
    service = Service("booking", database, clock or DatabaseClock(), make_bell(database), MESSAGING)
    links = Links(settings.secret_keys)
    voice = Voice(links, settings.public_url)
    inbox = Inbox(service, handlers(voice, links), say_again(voice))
    return Assembly(
        settings=settings,
        service=service,
        inbox=inbox,
        metadata=metadata,
        migrations=HERE / "migrations",
        timers=timers(service, links, voice),
        resay=lambda: resay(service, voice),
        ledger=partial(open_ledger, service, settings.secret_keys, ledger),
        make_web=lambda: _make_web(settings, service, links, voice, inbox),
    )


def _make_web(settings: Settings, service: Service, links: Links, voice: Voice, inbox: Inbox) -> "Flask":
    """The pages and the API, which only `web` imports: without them a worker or a relay that died is back sooner."""
    from services.booking import api, pages
    from services.booking.domain.guest_links import most_from_one_place
    from services.booking.use_cases.desk import Desk
    from services.booking.use_cases.hold import Confirmation
    from services.booking.use_cases.reception import Reception
    from shared.web.app import make_app

    app = make_app(__name__, settings, service, prefix="", translations=[HERE / "translations"], measures=MEASURES)
    desk = Desk(
        service=service,
        voice=voice,
        reception=Reception(service, voice, settings.limits),
        confirmation=Confirmation(
            service=service,
            links=links,
            voice=voice,
            confirming=settings.confirming,
            limits=settings.limits,
            sms=settings.sms,
        ),
        links=links,
        public_url=settings.public_url,
        sms=settings.sms,
        sms_price=settings.sms_price,
        legal=settings.legal,
        counts_places=settings.limits.from_place > 0,
        links_from_place=most_from_one_place(settings.limits.from_place),
    )
    pages.install(app, desk, inbox)
    api.install(app, desk)
    return app
