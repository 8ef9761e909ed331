"""Notifications as a test sees it: what it hears, which letters it plans, what leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from services.notifications.bootstrap import make_send_due
from services.notifications.domain.letter import Channel, LetterKind, LetterState
from services.notifications.domain.sending import Accepted, Outcome, Outgoing
from services.notifications.providers.provider import Provider
from services.notifications.settings import Settings
from services.notifications.store.tables import letter, mailbox
from services.notifications.use_cases.send_due import SendDue
from shared.assembly import Assembly
from shared.clock import SetClock
from shared.contracts.alert import AlertKind, CapacityAlert, QuietHours, Recipient
from shared.contracts.booking import BookingNotice, BookingStatus
from shared.contracts.guest_link import GuestLink
from shared.contracts.message import Message
from shared.contracts.party import Party
from shared.contracts.routes import route_of, schema_of
from shared.contracts.sign_in import SignInLink
from shared.contracts.sitting import Cantine, SittingNotice, SittingStatus
from shared.contracts.staff import StaffNotice, StaffRole

TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # the clock's, 10:00 in Paris
STARTS_AT = datetime(2026, 11, 27, 11, 30, tzinfo=UTC)  # the Friday after the clock's Tuesday, 12:30 in Paris
REMINDER_AT = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)  # 16:00 in Paris
CANTINE = Cantine(
    slug="lyon-saone",
    name="La Tablée de Saône",
    city="Lyon",
    address="12 rue des Invités, 69009 Lyon",
    phone="+33639980001",
    email="saone@example.org",
    zone="Europe/Paris",
)
LUNCH = SittingNotice(
    thing="lunch",
    revision=1,
    cantine=CANTINE,
    date=STARTS_AT.date(),
    cooking_starts=time(9, 30),
    meal_starts=time(12, 30),
    starts_at=STARTS_AT,
    cutoff_at=datetime(2026, 11, 26, 19, 0, tzinfo=UTC),
    status=SittingStatus.OPEN,
    menu="Velouté de potimarron, parmentier de lentilles, pommes au four",
    allergens=("celery", "milk"),
    break_even_price=1250,
    seats=34,
    seats_left=10,
    cook_places=9,
    cook_places_left=3,
    waitlist_length=0,
    at_risk=False,
)
CAMILLE = BookingNotice(
    thing="camille",
    revision=1,
    sitting="lunch",
    status=BookingStatus.CONFIRMED,
    party=Party(eaters=2),
    news=1,
    why=None,
    name="Camille Exemple",
    email="camille@example.org",
    phone="+33639980042",
    language="fr",
    link="http://127.0.0.1:8000/b/secret-of-camille?lang=fr",
)
BY_SMS: Mapping[str, Any] = {"email": None, "phone": "+33639980043"}


@dataclass
class ScriptedProvider:
    """A provider that answers as the test says, and accepts when the test has said nothing."""

    name: str = "scripted"
    repeats_safely: bool = False
    script: list[Outcome | Exception] = field(default_factory=list)
    received: list[Outgoing] = field(default_factory=list)

    def send(self, outgoing: Outgoing) -> Outcome:
        self.received.append(outgoing)
        said = self.script.pop(0) if self.script else Accepted("ref-1")
        if isinstance(said, Exception):
            raise said
        return said

    def close(self) -> None:
        pass


@dataclass
class NotificationsHouse:
    """Notifications alone, with a clock that stands and neighbours that say what the test says they do."""

    parts: Assembly
    clock: SetClock
    revisions: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.service = self.parts.service
        self.sitting = LUNCH
        self.notices: dict[str, BookingNotice] = {}
        assert isinstance(self.parts.settings, Settings)
        self.settings: Settings = self.parts.settings

    def hear(self, *messages: Message) -> None:
        """Messages of one kind arrive as one task."""
        kind = messages[0].kind
        items = [
            {"thing": one.thing, "revision": one.revision, "correlation": "a-test", "body": schema_of(kind).dump(one)}
            for one in messages
        ]
        sender = route_of(kind).sender
        self.parts.inbox.receive(kind, sender, items)

    def announce(self, **changes: Any) -> None:
        """Capacity says how the lunch stands now."""
        self.sitting = replace(self.sitting, **changes)
        self.hear(replace(self.sitting, revision=self._next("sitting", self.sitting.thing)))

    def book(self, thing: str = "camille", **changes: Any) -> None:
        """Booking says how a booking stands now; anything but an explicit `news` is news."""
        revision = self._next("booking", thing)
        notice = replace(self.notices.get(thing, replace(CAMILLE, thing=thing)), news=revision)
        self.notices[thing] = replace(notice, **changes)
        self.hear(replace(self.notices[thing], revision=revision))

    def staff(self, thing: str, cantines: tuple[str, ...] | None = None, *, revoked: bool = False) -> None:
        """Capacity says how a member of staff stands; by default they look after the cantine of the lunch."""
        self.hear(
            StaffNotice(
                thing=thing,
                revision=self._next("staff", thing),
                name="Ana",
                role=StaffRole.COORDINATOR,
                cantines=(self.sitting.cantine.slug,) if cantines is None else cantines,
                revoked=revoked,
            )
        )

    def alert(self, *recipients: Recipient, thing: str = "alert", sitting: str = "lunch", **changes: Any) -> None:
        """Capacity says how an alert stands: by default, that the lunch is full."""
        alert = CapacityAlert(
            thing=thing,
            revision=self._next("alert", thing),
            alert=AlertKind.SITTING_FULL,
            sitting=sitting,
            covers=34,
            cooks=9,
            waitlist_length=2,
            link="http://127.0.0.1:8000/coordination/lunch",
            recipients=recipients,
            raised_at=TUESDAY,
            cooking_at=STARTS_AT - timedelta(hours=3),
            quiet=QuietHours(zone="Europe/Paris", since=time(21), until=time(7)),
        )
        self.hear(replace(alert, **changes))

    def ask_to_sign_in(self, thing: str = "request", **changes: Any) -> None:
        """A coordinator asks for a link."""
        link = SignInLink(
            thing=thing,
            revision=self._next("link", thing),
            name="Dominique Modèle",
            email="dominique@example.org",
            language="fr",
            link="http://127.0.0.1:8000/coordination/enter/secret",
            valid_until=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
        )
        self.hear(replace(link, **changes))

    def ask_for_link(self, thing: str = "request", **changes: Any) -> None:
        """A guest asks for the link to their own page."""
        link = GuestLink(
            thing=thing,
            revision=self._next("guest link", thing),
            email="camille@example.org",
            phone=None,
            language="fr",
            link="http://127.0.0.1:8000/my/secret",
            valid_until=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
        )
        self.hear(replace(link, **changes))

    def ring(self) -> None:
        """A second passes in the relay: its timers look."""
        for timer in self.parts.timers.values():
            timer()

    def settle(self) -> None:
        """Two minutes pass, in which a meal that was moved is not moved again."""
        self.clock.pass_time(minutes=2)
        self.ring()

    def send(self, **providers: Provider) -> int:
        """The sender looks once, with its own providers or with those given by channel."""
        return self.sender(**providers).step()

    def sender(self, **providers: Provider) -> SendDue:
        """A sender with the recorder, or with the providers given by channel."""
        if not providers:
            from services.notifications.bootstrap import make_providers

            return make_send_due(self.settings, self.service, make_providers(self.settings, self.service))
        by_channel = {Channel(name): provider for name, provider in providers.items()}
        return make_send_due(self.settings, self.service, by_channel)

    def letters(self, booking: str | None = "camille") -> dict[LetterKind, LetterState]:
        """The letters of a booking (None: to staff), with their states."""
        return {LetterKind(row.kind): LetterState(row.state) for row in self.rows(booking)}

    def rows(self, booking: str | None = "camille") -> list[Any]:
        """The letters of a booking as they are kept."""
        mine = letter.c.booking == booking if booking else letter.c.booking.is_(None)
        with self.service.read() as conn:
            return list(conn.execute(sa.select(letter).where(mine).order_by(letter.c.key)))

    def row(self, kind: LetterKind, booking: str | None = "camille") -> Any:
        """The one letter of a kind."""
        (row,) = (row for row in self.rows(booking) if row.kind == kind)
        return row

    def said(self, message: type[Message]) -> list[Any]:
        """What is said of a kind and not receipted, in order."""
        outbox = self.service.tables.outbox
        of_it = sa.select(outbox).where(outbox.c.kind == message.kind)
        with self.service.read() as conn:
            rows = conn.execute(of_it.order_by(outbox.c.revision, outbox.c.thing))
            return [schema_of(message.kind).load(row.body) for row in rows]

    def mail(self) -> list[Any]:
        """What the mailbox holds, oldest first."""
        with self.service.read() as conn:
            return list(conn.execute(sa.select(mailbox).order_by(mailbox.c.id)))

    def _next(self, kind: str, thing: str) -> int:
        self.revisions[kind, thing] = self.revisions.get((kind, thing), 0) + 1
        return self.revisions[kind, thing]
