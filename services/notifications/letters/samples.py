"""Letters with sample data, one or several of each kind: what the preview shows, and what tests hold to the limits.

The meal is on a Wednesday in September, the day that is longest to write. Nobody in here exists.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from services.notifications.domain.alerts import KnownAlert, News
from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.letter import BACK_TO_TEXTS, ONLY_BY_EMAIL, Channel, Letter, LetterKind, LetterState
from services.notifications.domain.persons import Asked, Person
from services.notifications.domain.taken import Taken
from shared.contracts.alert import AlertKind, Severity
from shared.contracts.booking import BookingStatus, Origin
from shared.contracts.party import Party
from shared.contracts.seats import Why
from shared.contracts.sitting import Cantine, SittingStatus

STARTS_AT = datetime(2026, 9, 30, 10, 30, tzinfo=UTC)  # 12:30 in Paris
EMAIL, PHONE, CODE = "camille@example.org", "+33639980042", "Samp1eSamp1e"
CANTINE = Cantine(
    slug="lyon-vaise",
    name="Les Tablées de Vaise",
    city="Lyon",
    address="14 rue des Trois-Marmites, 69009 Lyon",
    phone="+33639980011",
    email="vaise@example.org",
    zone="Europe/Paris",
)
FEW = {"covers": 6, "cooks": 2, "waiting": 0, "seats": 34, "seats_left": 28}
COUNTS = {"covers": 31, "cooks": 4, "waiting": 6, "seats": 34, "seats_left": 3, "wanted": 9}
COUNTS |= {"overhang": 5, "cook_overhang": 2, "mend_cooks": 2, "covers_before": 34, "cooks_before": 6}
COUNTS |= {"wanted_covers": 36, "wanted_cooks": 7, "untaken": 3}
_COOKS = Party(cooks=1, eaters=2, children=1)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """In which language and by which channel letters are written, of which cantine, and where the site is."""

    language: str
    channel: Channel
    site: str = "https://tablee.example"
    cantine: Cantine = CANTINE

    @property
    def sitting(self) -> Sitting:
        """The meal."""
        menu = {"fr": "Velouté de potimarron, lentilles, pommes au four"}.get(
            self.language, "Pumpkin soup, lentils, baked apples"
        )
        return Sitting(
            id="sample",
            cantine=self.cantine,
            date=date(2026, 9, 30),
            cooking_starts=time(9, 30),
            meal_starts=time(12, 30),
            starts_at=STARTS_AT,
            status=SittingStatus.OPEN,
            menu=menu,
            break_even_price=1250,
        )

    def booking(self, status: BookingStatus = BookingStatus.CONFIRMED, party: Party | None = None) -> Booking:
        """What a guest has booked."""
        return Booking(
            id="sample",
            sitting="sample",
            status=status,
            party=party or Party(eaters=2),
            news=1,
            why=None,
            name="Camille Exemple",
            email=EMAIL,
            phone=PHONE,
            language=self.language,
            link=f"{self.site}/b/sample",
            short_code=CODE,
            offer_until=STARTS_AT - timedelta(hours=14),
        )

    def letter(self, kind: LetterKind, **facts: str | int) -> Letter:
        """A letter that is just being sent."""
        at = STARTS_AT - timedelta(days=1)
        return Letter(
            key=f"sample:{kind}",
            kind=kind,
            channel=self.channel,
            state=LetterState.ATTEMPTING,
            due_at=at,
            taken_at=at,
            latest_at=at + timedelta(minutes=30),
            facts=facts,
        )

    def to_guest(self, kind: LetterKind, booking: Booking, words: str = "") -> Taken:
        """A letter to a guest."""
        return Taken(self.letter(kind), booking, self.sitting, words=words)

    def by_team(self, kind: LetterKind, status: BookingStatus = BookingStatus.CONFIRMED) -> Taken:
        """The first letter to a guest for whom the team booked."""
        return replace(self.to_guest(kind, replace(self.booking(status), by_team=True)), first=True)

    def for_proxy(self, kind: LetterKind, status: BookingStatus, *, to_proxy: bool) -> Taken:
        """The first letter about a booking by a proxy: to the guest, or to that proxy."""
        booking = replace(self.booking(status), proxy="Bartholoméa Échantillon", to_proxy=to_proxy)
        return replace(self.to_guest(kind, booking), first=True)

    def to_staff(self, kind: LetterKind, *news: News, **facts: str | int) -> Taken:
        """A letter to staff."""
        told = {"name": "Dominique", "email": "dominique@example.org", "phone": PHONE, "language": self.language}
        return Taken(self.letter(kind, **told, **facts), None, None, news)

    def to_person(self, kind: LetterKind, **more: object) -> Taken:
        """A letter to somebody who agreed to be written to between two meals."""
        facts: dict[str, str | int] = {
            "cantine": self.cantine.name,
            "phone": self.cantine.phone,
            "email": self.cantine.email,
            "weekday": 2,
            "day": "2026-09-30",
            "link": f"{self.site}/usual/sample",
        }
        return replace(Taken(self.letter(kind, **facts), None, None, person=self.person), **more)  # type: ignore[arg-type]

    def alert(self, kind: AlertKind) -> News:
        """An alert about the meal."""
        alert = KnownAlert(
            thing=f"{kind}-sample",
            kind=kind,
            sitting="sample",
            severity=Severity.URGENT,
            standing=True,
            raised=1,
            facts=COUNTS | (FEW if kind is AlertKind.TOO_FEW_GUESTS else {}),
            link=f"{self.site}/coordination/sittings/sample",
            short_link=f"{self.site}/coordination/m/{CODE}",
        )
        return News(alert=alert, sitting=self.sitting)

    @property
    def person(self) -> Person:
        """Somebody who agreed."""
        return Person(id="sample", name="Camille Exemple", email=EMAIL, phone=PHONE, language=self.language)


Samples = Callable[[Scene, LetterKind], Iterator[Taken]]


def samples(kind: LetterKind, scene: Scene) -> Sequence[Taken]:
    """The letters of a kind; none, if it never travels by that channel."""
    never = ONLY_BY_EMAIL if scene.channel is Channel.SMS else BACK_TO_TEXTS
    if kind in never:
        return ()
    return tuple(BY_KIND[kind](scene, kind))


def _standing(status: BookingStatus, *reasons: Why | None) -> Samples:
    """How a booking stands, for each of these reasons."""

    def write(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
        for why in reasons or (None,):
            yield scene.to_guest(kind, replace(scene.booking(status), why=why))

    return write


def _confirmed(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    yield scene.to_guest(kind, scene.booking())
    yield replace(scene.to_guest(kind, scene.booking(party=Party(cooks=1, eaters=11))), changed=True)
    for party in (Party(eaters=1), Party(cooks=1, eaters=11)):
        yield replace(scene.to_guest(kind, scene.booking(party=party)), turn=True)
    for origin, party in ((Origin.COOK_CALL, Party(cooks=1)), (Origin.STANDING, Party(eaters=2))):
        yield scene.to_guest(kind, replace(scene.booking(party=party), origin=origin))
    yield scene.by_team(kind)
    yield from _by_proxy(scene, kind, BookingStatus.CONFIRMED)


def _requested(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    yield from _standing(BookingStatus.REQUESTED)(scene, kind)
    yield scene.by_team(kind, BookingStatus.REQUESTED)
    yield from _by_proxy(scene, kind, BookingStatus.REQUESTED)


def _waitlisted(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    yield from _standing(BookingStatus.WAITLISTED, None, Why.OFFER_TAKEN)(scene, kind)
    yield scene.to_guest(kind, scene.booking(BookingStatus.WAITLISTED, Party(eaters=1)))
    yield scene.by_team(kind, BookingStatus.WAITLISTED)
    yield from _by_proxy(scene, kind, BookingStatus.WAITLISTED)


def _offer(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    for party in (Party(eaters=2), Party(eaters=1)):
        yield scene.to_guest(kind, scene.booking(BookingStatus.OFFERED, party))


def _by_proxy(scene: Scene, kind: LetterKind, status: BookingStatus) -> Iterator[Taken]:
    for to_proxy in (False, True):
        yield scene.for_proxy(kind, status, to_proxy=to_proxy)


def _full(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    yield from _standing(BookingStatus.REFUSED, None, Why.PAST_CUTOFF, Why.GROUP_TOO_LARGE)(scene, kind)
    yield from _by_proxy(scene, kind, BookingStatus.REFUSED)


def _cancelled(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    yield from _standing(BookingStatus.CANCELLED)(scene, kind)
    yield from _by_proxy(scene, kind, BookingStatus.CANCELLED)


def _as_guest_and_as_cook(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    for party in (Party(eaters=2), _COOKS):
        yield scene.to_guest(kind, scene.booking(party=party))


def _moved(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    for letter in _as_guest_and_as_cook(scene, kind):
        for was_at in (STARTS_AT - timedelta(days=7), STARTS_AT - timedelta(minutes=30), None):
            yield replace(letter, was_at=was_at)


def _host_message(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    in_french = "La porte de la cour est fermée :\nentrez par la rue, s’il vous plaît."
    in_english = "The door of the yard is closed:\nplease come in by the street."
    yield scene.to_guest(kind, scene.booking(), in_french if scene.language == "fr" else in_english)


def _alert(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    for one in AlertKind:
        yield scene.to_staff(kind, scene.alert(one))


def _digest(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    yield scene.to_staff(kind, scene.alert(AlertKind.NEARLY_FULL), scene.alert(AlertKind.TOO_FEW_COOKS))


def _sign_in(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    yield scene.to_staff(kind, link=f"{scene.site}/coordination/sign-in/sample")


def _guest_link(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    signed = "IlNhbXAxZVNhbXAxIg.aScQdg.Samp1eSamp1eSamp1eSamp1eSam"
    yield scene.to_staff(kind, link=f"{scene.site}/my/{signed}")
    yield scene.to_staff(kind, link=f"{scene.site}/confirm/{signed}?lang=fr", confirms=True)


def _sms_credit(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    for left, provider, again in ((87, "brevo", 0), (1, "ovh", 1)):
        yield scene.to_staff(kind, left=left, provider=provider, again=again, page=f"{scene.site}/coordination/alerts")


def _cook_call(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    asked = Asked(
        person="sample",
        sitting="sample",
        call="sample",
        until=STARTS_AT - timedelta(hours=3),
        link=f"{scene.site}/cook/sample",
        short_code=CODE,
    )
    yield scene.to_person(kind, asked=asked, sitting=scene.sitting)


def _usual(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    yield scene.to_person(kind)


def _text_back(scene: Scene, kind: LetterKind) -> Iterator[Taken]:
    options = "2026-09-30 12:30 2;2026-10-01 12:30 4" if kind is LetterKind.TEXT_WHICH else ""
    facts = {"phone": PHONE, "language": scene.language, "cantine": scene.cantine.name, "options": options}
    facts |= {"day": "2026-09-30", "time": "12:30"}
    yield Taken(scene.letter(kind, **facts), None, None)


BY_KIND: Mapping[LetterKind, Samples] = {
    LetterKind.REQUESTED: _requested,
    LetterKind.CONFIRMED: _confirmed,
    LetterKind.WAITLISTED: _waitlisted,
    LetterKind.OFFER: _offer,
    LetterKind.OFFER_PASSED: _standing(BookingStatus.REFUSED, Why.OFFER_EXPIRED),
    LetterKind.FULL: _full,
    LetterKind.CHANGE_REFUSED: _standing(BookingStatus.CONFIRMED, None, Why.PAST_CUTOFF),
    LetterKind.CANCELLED_BY_GUEST: _cancelled,
    LetterKind.CANCELLED_BY_CANTINE: _standing(BookingStatus.CONFIRMED),
    LetterKind.MOVED: _moved,
    LetterKind.REMINDER: _as_guest_and_as_cook,
    LetterKind.MORNING: _as_guest_and_as_cook,
    LetterKind.THANKS: _as_guest_and_as_cook,
    LetterKind.MISSED: _standing(BookingStatus.CONFIRMED),
    LetterKind.HOST_MESSAGE: _host_message,
    LetterKind.ALERT: _alert,
    LetterKind.DIGEST: _digest,
    LetterKind.SIGN_IN: _sign_in,
    LetterKind.GUEST_LINK: _guest_link,
    LetterKind.SMS_CREDIT: _sms_credit,
    LetterKind.COOK_CALL: _cook_call,
    LetterKind.USUAL_PAUSED: _usual,
    LetterKind.USUAL_NO_PLACE: _usual,
    **dict.fromkeys(BACK_TO_TEXTS, _text_back),
}
