"""The only place where capacity is wired together."""

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from services.capacity.handlers import SAY_AGAIN, handlers
from services.capacity.settings import Settings
from services.capacity.store.measures import MEASURES
from services.capacity.store.tables import MESSAGING, metadata
from services.capacity.timers import timers
from services.capacity.use_cases.hear_states import hear_states
from services.capacity.use_cases.ledger import ledger
from services.capacity.use_cases.resay import resay
from shared.assembly import Assembly
from shared.clock import Clock, DatabaseClock
from shared.database import Database
from shared.ledger.ledger import open_ledger
from shared.messaging.bell import make_bell
from shared.messaging.inbox import Inbox
from shared.messaging.service import Service
from shared.settings import with_files

if TYPE_CHECKING:
    from flask import Flask

HERE = Path(__file__).parent


def assemble(env: Mapping[str, str] | None = None, *, clock: Clock | None = None) -> Assembly:
    """Capacity with everything it needs. Raises WrongSetting."""
    settings = Settings.from_env(with_files(os.environ if env is None else env))
    database = Database(settings.database_url)
    service = Service("capacity", database, clock or DatabaseClock(), make_bell(database), MESSAGING)

    inbox = Inbox(service, handlers(settings), SAY_AGAIN, hear_states)
    return Assembly(
        settings=settings,
        service=service,
        inbox=inbox,
        metadata=metadata,
        migrations=HERE / "migrations",
        timers=timers(service, settings),
        resay=lambda: resay(service),
        ledger=partial(open_ledger, service, settings.secret_keys, ledger),
        make_web=lambda: _make_web(settings, service, inbox),
    )


def _make_web(settings: Settings, service: Service, inbox: Inbox) -> "Flask":
    """The pages and the API, which only `web` imports: without them a worker or a relay that died is back sooner."""
    from services.capacity import api, pages
    from services.capacity.use_cases.desk import Desk
    from shared.links import Links
    from shared.web.app import make_app

    app = make_app(
        __name__, settings, service, prefix="/coordination", translations=[HERE / "translations"], measures=MEASURES
    )
    desk = Desk(service=service, settings=settings, links=Links(settings.secret_keys))
    pages.install(app, desk, inbox)
    api.install(app, desk)
    return app
