"""The only wiring of notifications."""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from services.notifications.domain.letter import Channel
from services.notifications.handlers import handlers, say_again
from services.notifications.letters.write import Writer
from services.notifications.providers.in_turn import InTurn
from services.notifications.providers.provider import Provider, TellsCredit
from services.notifications.providers.recorder import Recorder
from services.notifications.providers.sms_brevo import BrevoSms
from services.notifications.providers.sms_http import HttpSms
from services.notifications.providers.sms_ovh import OvhSms
from services.notifications.providers.smtp import Server, Smtp
from services.notifications.providers.watched import Watch, Watched
from services.notifications.sender import Sender, TwoBells
from services.notifications.settings import Settings
from services.notifications.store.measures import MEASURES
from services.notifications.store.tables import MESSAGING, metadata
from services.notifications.timers import timers
from services.notifications.use_cases.hear_erasures import say_all_erased
from services.notifications.use_cases.ledger import ledger
from services.notifications.use_cases.look_at_credit import end_unwatched, look_at_credit, say_all_credits
from services.notifications.use_cases.look_at_post import letters_that_wait
from services.notifications.use_cases.mailbox import record
from services.notifications.use_cases.note_health import note_health
from services.notifications.use_cases.reach import carry_over, say_all_contacts
from services.notifications.use_cases.say_replies import say_all_replies
from services.notifications.use_cases.send_due import SendDue
from shared.assembly import Assembly
from shared.clock import Clock, DatabaseClock
from shared.database import Database
from shared.languages import Languages
from shared.ledger.ledger import open_ledger
from shared.links import Links
from shared.messaging.bell import Bell, make_bell
from shared.messaging.inbox import Inbox
from shared.messaging.service import Service
from shared.settings import with_files

if TYPE_CHECKING:
    from flask import Flask

HERE = Path(__file__).parent
TRANSLATIONS = HERE / "translations"
LANGUAGES = Languages([TRANSLATIONS])


def assemble(env: Mapping[str, str] | None = None, *, clock: Clock | None = None) -> Assembly:
    """Everything that notifications needs, from the environment. Raises WrongSetting."""
    settings = Settings.from_env(with_files(os.environ if env is None else env))
    database = Database(settings.database_url)
    bell, senders_bell = _bells(database)
    service = Service("notifications", database, clock or DatabaseClock(), bell, MESSAGING)
    links = Links(settings.secret_keys)
    watch = Watch()
    providers = make_providers(settings, service, lambda one: Watched(one, watch))
    in_turn = [one for one in providers.values() if isinstance(one, InTurn)]
    safe = {provider.name for provider in providers.values() if provider.repeats_safely}
    inbox = Inbox(service, handlers(links), say_again(settings.sms_credit_low))
    return Assembly(
        settings=settings,
        service=service,
        inbox=inbox,
        metadata=metadata,
        migrations=HERE / "migrations",
        timers=timers(service, links, safe, settings.letters_kept),
        resay=lambda: (
            say_all_replies(service)
            + carry_over(service, links)
            + say_all_contacts(service)
            + say_all_erased(service)
            + end_unwatched(service, [one.name for one in _tellers(settings, providers)], settings.sms_credit_low)
            + say_all_credits(service, settings.sms_credit_low)
        ),
        ledger=partial(open_ledger, service, settings.secret_keys, ledger),
        make_web=partial(_make_web, settings, service, inbox),
        waits=letters_that_wait,
        loops={
            "sender": Sender(
                make_send_due(settings, service, providers),
                senders_bell,
                _credit_watch(settings, service, providers),
                often=partial(note_health, service, watch, in_turn),
            ).run
        },
    )


def make_providers(
    settings: Settings, service: Service, each: Callable[[Provider], Provider] = lambda one: one
) -> dict[Channel, Provider]:
    """The provider of each channel, as the settings choose; `each` is what is made of every single one."""
    recorder = Recorder(partial(record, service))
    providers: dict[Channel, Provider] = {}
    if settings.mail_provider == "recorder":
        providers[Channel.EMAIL] = each(recorder)
    else:
        providers[Channel.EMAIL] = each(Smtp(Server.read(settings.smtp_url), settings.mail_from))
    sms = [each(_sms(name, settings, recorder)) for name in settings.sms_providers]
    if sms:
        providers[Channel.SMS] = sms[0] if len(sms) == 1 else InTurn(sms)
    return providers


def _sms(name: str, settings: Settings, recorder: Recorder) -> Provider:
    """One of the providers for SMS."""
    if name == "brevo":
        return BrevoSms(api_key=settings.brevo_api_key, sender=settings.sms_sender, url=settings.brevo_url)
    if name == "ovh":
        return OvhSms(
            service=settings.ovh_service,
            application=settings.ovh_application,
            secret=settings.ovh_secret,
            consumer=settings.ovh_consumer,
            sender=settings.sms_sender,
            url=settings.ovh_url,
        )
    if name == "http" and settings.sms_http:
        return HttpSms(settings.sms_http, sender=settings.sms_sender)
    return recorder


def make_send_due(settings: Settings, service: Service, providers: Mapping[Channel, Provider]) -> SendDue:
    """The sender's step."""
    return SendDue(
        service,
        Links(settings.secret_keys),
        make_writer(settings),
        providers,
        settings.send_at_most,
        sms_price=settings.sms_price,
    )


def make_writer(settings: Settings) -> Writer:
    """What writes letters, for the sender and for the preview."""
    return Writer(
        LANGUAGES,
        public_url=settings.public_url,
        network=settings.network_name,
        answers_to=settings.sms_number,
        answers_heard=settings.hears_texts,
        links=Links(settings.secret_keys),
    )


def _credit_watch(settings: Settings, service: Service, providers: Mapping[Channel, Provider]) -> Callable[[], object]:
    """Looks at the credit for SMS, where a provider tells and it is said when that is low."""
    telling = _tellers(settings, providers)

    def look() -> None:
        end_unwatched(service, [one.name for one in telling], settings.sms_credit_low)
        for one in telling:
            look_at_credit(service, one, low_below=settings.sms_credit_low, email=settings.sms_credit_email)

    return look


def _tellers(settings: Settings, providers: Mapping[Channel, Provider]) -> list[TellsCredit]:
    """The providers for SMS whose credit is looked at."""
    sms = providers.get(Channel.SMS)
    they: Sequence[object] = sms.providers if isinstance(sms, InTurn) else (sms,)
    they = [one.inner if isinstance(one, Watched) else one for one in they]
    return [one for one in they if isinstance(one, TellsCredit)] if settings.sms_credit_low else []


def _bells(database: Database) -> tuple[Bell, Bell]:
    """The service's bell, and the sender's. On PostgreSQL one ring wakes all who listen."""
    first, second = make_bell(database), make_bell(database)
    return (TwoBells(first, second) if database.is_sqlite else first), second


def _make_web(settings: Settings, service: Service, inbox: Inbox) -> "Flask":
    """The pages, which only `web` imports: without them a worker, a relay or a sender that died is back sooner."""
    from services.notifications import pages
    from services.notifications.pages.desk import Desk
    from shared.web.app import make_app

    app = make_app(__name__, settings, service, prefix="/messages", translations=[TRANSLATIONS], measures=MEASURES)
    pages.install(
        app,
        Desk(service, make_writer(settings), inbox, Links(settings.secret_keys)),
        demo=settings.demo,
        hooks_secrets=settings.hooks_secrets,
    )
    return app
