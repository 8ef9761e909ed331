"""A sender dies between the provider's call and keeping its outcome: of each kind, and with each provider.

Whatever is repeated has the same key, and only where the provider sends a key once, or the kind may be repeated.
"""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request as Asked
from werkzeug import Response

from services.notifications.bootstrap import assemble, make_providers
from services.notifications.domain.letter import UNKNOWN_OUTCOME, Channel, LetterKind, LetterState
from services.notifications.domain.retry import may_repeat
from services.notifications.domain.sending import Accepted, Outcome, Outgoing
from services.notifications.providers.provider import Provider
from services.notifications.settings import Settings
from services.notifications.use_cases.look_at_credit import look_at_credit
from services.notifications.use_cases.receive_text import receive_text
from shared.contracts.alert import Recipient, Severity, Way, Wishes
from shared.contracts.booking import Attended, BookingStatus
from shared.contracts.host_message import Audience, HostMessage
from shared.contracts.person import AskedToCook, PersonNotice, StandingNews, StandingWhat
from shared.contracts.seats import Why
from shared.contracts.sitting import SittingStatus
from tests.real.sink import open_sink
from tests.services.notifications.conftest import SETTINGS
from tests.services.notifications.house import (
    BY_SMS,
    CANTINE,
    REMINDER_AT,
    STARTS_AT,
    TUESDAY,
    NotificationsHouse,
    ScriptedProvider,
)

Story = Callable[[NotificationsHouse], None]


@dataclass
class Fatal:
    """Hands a letter of one kind to the provider, and dies before it can tell what became of it. Once."""

    inner: Provider
    kind: LetterKind
    house: NotificationsHouse
    handed: Counter[str] = field(default_factory=Counter)
    dead: bool = False

    def __post_init__(self) -> None:
        self.name = self.inner.name
        self.repeats_safely = self.inner.repeats_safely

    def send(self, outgoing: Outgoing) -> Outcome:
        outcome = self.inner.send(outgoing)
        if outgoing.key not in {row.key for row in letters(self.house) if row.kind == self.kind}:
            return outcome
        self.handed[outgoing.key] += 1
        if not self.dead:
            self.dead = True
            raise KeyboardInterrupt
        return outcome

    def close(self) -> None:
        pass


def letters(house: NotificationsHouse) -> list[Any]:
    bookings: list[str | None] = [*house.notices, None]
    return [row for booking in bookings for row in house.rows(booking)]


def told(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    while house.send():
        pass


def booked(**changes: Any) -> Story:
    def tell(house: NotificationsHouse) -> None:
        house.announce()
        house.book(**changes)

    return tell


def cancelled_by_cantine(house: NotificationsHouse) -> None:
    told(house)
    house.announce(status=SittingStatus.CANCELLED)


def moved(house: NotificationsHouse) -> None:
    told(house)
    house.announce(starts_at=STARTS_AT + timedelta(hours=1))
    house.settle()


def reminder(house: NotificationsHouse) -> None:
    told(house)
    house.clock.at = REMINDER_AT
    house.ring()


def morning(house: NotificationsHouse) -> None:
    house.announce(cantine=replace(CANTINE, morning_sms=True))
    house.book(morning_sms=True)
    for at in (TUESDAY, REMINDER_AT, STARTS_AT.replace(hour=7, minute=0)):
        while house.send(**dict.fromkeys(Channel, ScriptedProvider())):
            pass
        house.clock.at = at
        house.ring()


def after_the_meal(attended: Attended) -> Story:
    def tell(house: NotificationsHouse) -> None:
        house.announce(cantine=replace(CANTINE, thanks=True))
        house.book()
        while house.send():
            pass
        house.clock.at = STARTS_AT + timedelta(hours=22)
        house.book(attended=attended, news=1)

    return tell


def host_message(house: NotificationsHouse) -> None:
    told(house)
    house.hear(
        HostMessage(
            thing="word",
            revision=1,
            sitting="lunch",
            audience=Audience.EVERYBODY,
            words="La porte est fermée.",
            urgent=False,
            written_at=TUESDAY,
            useful_until=STARTS_AT,
            people=(("camille",),),
        )
    )


def alert(way: Way) -> Story:
    def tell(house: NotificationsHouse) -> None:
        house.announce()
        ana = Recipient(name="Ana", email="ana@example.org", language="fr", wishes=Wishes(routine=way))
        house.alert(ana, severity=Severity.ROUTINE)
        if way is Way.DIGEST:
            house.clock.pass_time(days=1)
            house.ring()

    return tell


def sms_credit(house: NotificationsHouse) -> None:
    class Telling(ScriptedProvider):
        def credit(self) -> int:
            return 7

    look_at_credit(house.service, Telling("brevo"), low_below=10, email="bureau@example.org")


def cook_call(house: NotificationsHouse) -> None:
    house.announce()
    asked = AskedToCook(sitting="lunch", call="a-call", until=STARTS_AT, link="http://127.0.0.1:8000/cook/secret")
    house.hear(replace(JEANNE, asked=(asked,)))


def usual(what: StandingWhat) -> Story:
    def tell(house: NotificationsHouse) -> None:
        news = StandingNews(
            standing="usual",
            what=what,
            once_for="once",
            cantine=CANTINE,
            weekday=1,
            day=date(2026, 12, 1) if what is StandingWhat.NO_PLACE else None,
            link="http://127.0.0.1:8000/usual/secret",
        )
        house.hear(replace(JEANNE, news=(news,)))

    return tell


def answered(*texts: str, bookings: int = 1, **how: Any) -> Story:
    """Guests with so many bookings send these texts."""

    def tell(house: NotificationsHouse) -> None:
        house.announce()
        for number in range(bookings):
            house.book(f"guest-{number}", **BY_SMS, **how)
        for text in texts:
            receive_text(house.service, "http", text, BY_SMS["phone"], text)
        house.ring()

    return tell


JEANNE = PersonNotice(thing="jeanne", revision=1, name="Jeanne", email="jeanne@example.org", phone=None, language="fr")
STORIES: Mapping[LetterKind, Story] = {
    LetterKind.REQUESTED: booked(status=BookingStatus.REQUESTED, unanswered=True),
    LetterKind.CONFIRMED: booked(),
    LetterKind.WAITLISTED: booked(status=BookingStatus.WAITLISTED),
    LetterKind.OFFER: booked(status=BookingStatus.OFFERED, offer_until=TUESDAY + timedelta(hours=3)),
    LetterKind.OFFER_PASSED: booked(status=BookingStatus.WAITLISTED, why=Why.OFFER_EXPIRED),
    LetterKind.FULL: booked(status=BookingStatus.REFUSED),
    LetterKind.CHANGE_REFUSED: booked(why=Why.PAST_CUTOFF),
    LetterKind.CANCELLED_BY_GUEST: booked(status=BookingStatus.CANCELLED),
    LetterKind.CANCELLED_BY_CANTINE: cancelled_by_cantine,
    LetterKind.MOVED: moved,
    LetterKind.REMINDER: reminder,
    LetterKind.MORNING: morning,
    LetterKind.THANKS: after_the_meal(Attended.CAME),
    LetterKind.MISSED: after_the_meal(Attended.ABSENT),
    LetterKind.HOST_MESSAGE: host_message,
    LetterKind.ALERT: alert(Way.EMAIL),
    LetterKind.DIGEST: alert(Way.DIGEST),
    LetterKind.SIGN_IN: lambda house: house.ask_to_sign_in(),
    LetterKind.GUEST_LINK: lambda house: house.ask_for_link(),
    LetterKind.SMS_CREDIT: sms_credit,
    LetterKind.COOK_CALL: cook_call,
    LetterKind.USUAL_PAUSED: usual(StandingWhat.PAUSED),
    LetterKind.USUAL_NO_PLACE: usual(StandingWhat.NO_PLACE),
    LetterKind.TEXT_WHICH: answered("annuler", bookings=2),
    LetterKind.TEXT_STOPPED: answered("stop"),
    LetterKind.TEXT_STARTED: answered("stop", "start"),
    LetterKind.TEXT_PASSED_ON: answered("Où est la porte"),
    LetterKind.TEXT_NO: answered("non"),
    LetterKind.TEXT_CANCELLED: answered("annuler", status=BookingStatus.CANCELLED),
    LetterKind.TEXT_NO_PLACE: answered("oui", status=BookingStatus.CANCELLED),
}


def test_every_kind_has_its_story() -> None:
    assert set(STORIES) == set(LetterKind)


def die_and_recover(house: NotificationsHouse, provider: Fatal) -> Any:
    """A sender dies, its letter is thought lost after a minute, and another goes on. Gives the letter."""
    with pytest.raises(KeyboardInterrupt):
        while house.send(**dict.fromkeys(Channel, provider)):
            pass
    for _ in range(3):
        house.clock.pass_time(seconds=61)
        house.ring()
        while house.send(**dict.fromkeys(Channel, provider)):
            pass
    (row,) = (row for row in letters(house) if row.kind == provider.kind)
    return row


def check(row: Any, provider: Fatal) -> None:
    """It was handed over again under its own key, or else left to the operator."""
    (count,) = provider.handed.values()
    if provider.repeats_safely or may_repeat(provider.kind):
        assert (row.state, count) == (LetterState.SENT, 2)
    else:
        assert (row.state, count) == (LetterState.FAILED, 1)
        assert row.reason.startswith(UNKNOWN_OUTCOME)


@pytest.mark.parametrize("safely", [True, False], ids=["key sent once", "key not honoured"])
@pytest.mark.parametrize("kind", LetterKind)
def test_of_each_kind(house: NotificationsHouse, kind: LetterKind, safely: bool) -> None:
    STORIES[kind](house)
    provider = Fatal(ScriptedProvider(repeats_safely=safely), kind, house)
    check(die_and_recover(house, provider), provider)


@dataclass
class Server:
    """What the server of an SMS provider was given: each request with what names the letter there."""

    names: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, name: Callable[[Asked], str], answer: object) -> Callable[[Asked], Response]:
        def take(request: Asked) -> Response:
            with self._lock:
                self.names.append(name(request))
            return Response(json.dumps(answer), content_type="application/json")

        return take


@pytest.fixture
def served(httpserver: HTTPServer) -> Iterator[tuple[Server, Mapping[str, str]]]:
    """One server that speaks as Brevo, OVHcloud and any other do, and the settings that lead there."""
    server, url = Server(), httpserver.url_for("").rstrip("/")
    tag = server.note(lambda asked: str(asked.get_json()["tag"]), {"messageId": 1511882900176220})
    httpserver.expect_request("/v3/transactionalSMS/send").respond_with_handler(tag)
    httpserver.expect_request("/1.0/auth/time").respond_with_data("1764000000")
    words = server.note(lambda asked: str(asked.get_json()["message"]), {"ids": [42], "invalidReceivers": []})
    httpserver.expect_request("/1.0/sms/sms-ab12345-1/jobs").respond_with_handler(words)
    key = server.note(lambda asked: asked.headers["Idempotency-Key"], {"id": "abc"})
    httpserver.expect_request("/send").respond_with_handler(key)
    yield (
        server,
        {
            "SMS_SENDER": "Tablee",
            "BREVO_API_KEY": "key",
            "BREVO_URL": url,
            "OVH_SMS_SERVICE": "sms-ab12345-1",
            "OVH_APPLICATION_KEY": "a",
            "OVH_APPLICATION_SECRET": "s",
            "OVH_CONSUMER_KEY": "c",
            "OVH_URL": url,
            "SMS_HTTP_URL": f"{url}/send",
            "SMS_HTTP_AUTHORIZATION": "Bearer x",
            "SMS_HTTP_BODY": '{"to": "{to}", "text": "{text}"}',
        },
    )


@pytest.mark.parametrize("kind", [LetterKind.CONFIRMED, LetterKind.REMINDER])
@pytest.mark.parametrize("name", ["brevo", "ovh", "http", "http that honours keys", "ovh,brevo"])
def test_with_each_provider_of_sms(
    house: NotificationsHouse, served: tuple[Server, Mapping[str, str]], name: str, kind: LetterKind
) -> None:
    server, settings = served
    chosen = {
        **settings,
        "SMS_PROVIDER": name.split(maxsplit=1)[0],
        "SMS_HTTP_HONOURS_KEYS": "1" if " " in name else "",
    }
    provider = Fatal(provider_of(Channel.SMS, chosen), kind, house)
    house.announce()
    house.book(**BY_SMS)
    if kind is LetterKind.REMINDER:
        while house.send(sms=ScriptedProvider()):
            pass
        house.clock.at = REMINDER_AT
        house.ring()
    check(die_and_recover(house, provider), provider)
    times = 2 if provider.repeats_safely or may_repeat(kind) else 1
    named = [one for one in server.names if "ovh" in name or str(kind) in one]
    assert len(named) == times
    assert len(set(named)) == 1, "it has the same key, or at OVHcloud, which knows none, the same words"


@pytest.mark.parametrize("kind", [LetterKind.CONFIRMED, LetterKind.REMINDER])
def test_by_smtp(house: NotificationsHouse, kind: LetterKind) -> None:
    with open_sink() as sink:
        url = f"smtp://127.0.0.1:{sink.port}?tls=none"
        settings = {"MAIL_PROVIDER": "smtp", "SMTP_URL": url, "MAIL_FROM": "bonjour@example.org"}
        provider = Fatal(provider_of(Channel.EMAIL, settings), kind, house)
        STORIES[kind](house)
        row = die_and_recover(house, provider)
        provider.inner.close()
    check(row, provider)
    name = sha256(row.key.encode()).hexdigest()[:32]
    arrived = [mail.key for mail in sink.mails if name in mail.key]
    assert len(arrived) == (2 if may_repeat(kind) else 1)


def test_the_recorder_keeps_one_of_each_key(house: NotificationsHouse) -> None:
    provider = Fatal(make_providers(house.settings, house.service)[Channel.EMAIL], LetterKind.REMINDER, house)
    reminder(house)
    check(die_and_recover(house, provider), provider)
    assert Counter(message.key for message in house.mail()).most_common(1)[0][1] == 1


def provider_of(channel: Channel, settings: Mapping[str, str]) -> Provider:
    parts = assemble({**SETTINGS, "NOTIFICATIONS_DATABASE_URL": "sqlite://", **settings})
    assert isinstance(parts.settings, Settings)
    return make_providers(parts.settings, parts.service)[channel]


def test_who_did_not_die_is_asked_once(house: NotificationsHouse) -> None:
    provider = ScriptedProvider(script=[Accepted("ref")])
    STORIES[LetterKind.CONFIRMED](house)
    while house.send(email=provider):
        pass
    assert len(provider.received) == 1
