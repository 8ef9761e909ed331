"""A short story in which every kind of message travels, and how it ended, as its people and their mailboxes saw it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from services.booking.domain.contact import Contact
from services.booking.domain.staff import Staff
from services.booking.use_cases.check_in import walk_in
from services.booking.use_cases.erase import erase
from services.booking.use_cases.voice import Voice
from services.capacity.domain.alert_duty import Reachable
from services.capacity.domain.history import Author
from services.capacity.domain.kitchen import OwnKitchen
from services.capacity.domain.sittings import Plan
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.ask_to_sign_in import ask_to_sign_in
from services.capacity.use_cases.choose_alerts import choose_ways
from services.capacity.use_cases.open_sitting import open_sitting
from services.notifications.domain.letter import LetterState
from shared.contracts.alert import Way, Wishes
from shared.contracts.routes import SERVICES
from shared.contracts.staff import StaffRole
from shared.links import Links
from tests.faults.mortal import MortalHouse, Process
from tests.faults.reconciled import reconciled
from tests.real.sink import Sink
from tests.stories.residents import CANTINE, at_noon

TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FRIDAY = date(2026, 11, 27)
REMINDER_AT = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)  # 16:00 in Lyon, the day before
AT_THE_DOOR = datetime(2026, 11, 27, 11, 30, tzinfo=UTC)  # as the meal begins
YANIS = Staff(id="yanis", name="Yanis", role=StaffRole.HELPER, cantines=(CANTINE.slug,))
CAMILLE = "camille@example.org"
ANNAS_NUMBER, BENS_NUMBER = "+33639980041", "+33639980042"
HOOKS_SECRET = "aSecretOfTheStoryInAllItsAddresses"
BOUNCE = (
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
    "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
    "Action: failed\nStatus: 5.1.1\n\n"
    "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{name}@example.org>\n\n--b--\n"
)


@dataclass(frozen=True)
class Ending:
    """How the story ended.

    `told` counts the letters by (address, subject): those with the same Message-ID are one. `repeated` counts the
    further copies of each, `failed` the kinds of letter that the operator finds among the failed ones.
    """

    promised: dict[str, tuple[str, int]]  # what the API answers to each resident, and for how many people
    held: int  # seats, as capacity counts them
    told: Counter[tuple[str, str]]
    repeated: Counter[tuple[str, str]]
    failed: Counter[str]
    other_way: int  # letters that left instead of one that came back
    heard: tuple[int, int]  # who said that they come, and contacts that are not written to, as booking knows of them
    kept_of_anna: int  # rows with her address: none, for she was forgotten
    left_over: tuple[str, ...]  # what is parked or stuck, and where the services do not agree


class Story:
    """Confirmation, waiting list, cancellation, promotion, a letter that comes back, letters to a coordinator, a
    reminder, two texts that answer, people at the door; and in the end a guest is forgotten.
    """

    def __init__(self, house: MortalHouse, sink: Sink) -> None:
        self._house = house
        self._sink = sink
        self._bookings: dict[str, str] = {}  # by name, the address of what was accepted

    def tell(self) -> Ending:
        """Tell it in an empty house."""
        self._sink.mails.clear()
        self._house.clock.at = TUESDAY
        self._until_there("sitting", _open_lunch)
        self._house.rest()
        (sitting,) = (row.id for row in self._house.rows("capacity", "sitting"))
        for name in ("anna", "ben"):
            self._book(name, sitting)
            self._house.rest()
        self._cancel("anna")
        self._house.rest()
        self._comes_back("cancelled_by_guest")
        self._house.rest()
        self._until_there("sign_in", _ask_to_sign_in)
        self._house.rest()
        self._house.clock.at = REMINDER_AT
        self._house.look()
        self._house.rest()
        for ref, text in (("first", "Oui"), ("second", "STOP")):
            self._text(ref, text)
            self._house.rest()
        self._house.clock.at = AT_THE_DOOR
        self._until_there("walk_in", partial(_let_in, sitting), service="booking")
        self._house.rest()
        ending = self._ending()
        self._until_there("erasure", _forget_anna, service="booking")
        self._house.rest()
        return replace(ending, kept_of_anna=self._kept_of("anna"), left_over=self._left_over())

    def _until_there(self, table: str, deed: Callable[[Process], bool], *, service: str = "capacity") -> None:
        """Staff who got no answer look whether it was done, and do it again if not."""
        while not self._house.rows(service, table):
            self._house.do(f"{service} web", "serves staff", deed)

    def _book(self, name: str, sitting: str) -> None:
        wish = {"sitting": sitting, "party": {"people": 2}, "name": name, "email": f"{name}@example.org"}
        wish |= {"phone": BENS_NUMBER if name == "ben" else ANNAS_NUMBER}
        answer = self._ask("POST", "/api/v1/bookings", key=f"key of {name}", json={**wish, "language": "en"})
        assert answer.status_code == 202
        self._bookings[name] = answer.headers["Location"]

    def _cancel(self, name: str) -> None:
        assert self._ask("DELETE", self._bookings[name]).status_code == 200

    def _text(self, ref: str, text: str) -> None:
        """A provider brings a text of Ben's, again and again until it is told that it was received."""
        self._bring("a text", "http", json={"id": ref, "from": BENS_NUMBER, "text": text})

    def _comes_back(self, kind: str) -> None:
        """The mail server brings the letter of a kind back: nobody is there."""
        (letter,) = (row for row in self._house.rows("notifications", "letter") if row.kind == kind)
        self._bring("a bounce", "bounces", data=BOUNCE.format(name=letter.provider_ref))

    def _bring(self, what: str, provider: str, **body: Any) -> None:
        def bring(process: Process) -> int:
            client = process.web.test_client()
            return client.post(f"/messages/hooks/{provider}/{HOOKS_SECRET}", **body).status_code

        while (status := self._house.do("notifications web", f"is brought {what}", bring)) is None:
            pass
        assert status == 200

    def _ask(self, method: str, path: str, *, key: str = "", **more: Any) -> Any:
        """One request; if no answer comes, the same again with the same key."""
        headers = {"Idempotency-Key": key} if key else {}

        def send(process: Process) -> Any:
            return process.web.test_client().open(path, method=method, headers=headers, **more)

        while (answer := self._house.do("booking web", f"serves {method}", send)) is None:
            pass
        return answer

    def _ending(self) -> Ending:
        seen = {name: self._ask("GET", address).json for name, address in self._bookings.items()}
        copies = Counter((mail.to, mail.subject, mail.key) for mail in self._sink.mails)
        letters = self._house.rows("notifications", "letter")
        return Ending(
            promised={name: (now["status"], now["party"]["people"]) for name, now in seen.items()},
            held=sum(row.held for row in self._house.rows("capacity", "sitting")),
            told=Counter((to, subject) for to, subject, _key in copies),
            repeated=Counter({(to, subject): times - 1 for (to, subject, _key), times in copies.items() if times > 1}),
            failed=Counter(row.kind for row in letters if row.state == LetterState.FAILED),
            other_way=sum(row.again_of is not None and row.state == LetterState.SENT for row in letters),
            heard=(
                sum(row.coming_for is not None for row in self._house.rows("booking", "booking")),
                len(self._house.rows("booking", "lost_contact")),
            ),
            kept_of_anna=self._kept_of("anna"),
            left_over=self._left_over(),
        )

    def _left_over(self) -> tuple[str, ...]:
        return (*_left_over(self._house), *reconciled(self._house.env).differences)

    def _kept_of(self, name: str) -> int:
        """In how many bookings and letters somebody's address stands."""
        bookings, letters = self._house.rows("booking", "booking"), self._house.rows("notifications", "letter")
        return sum(f"{name}@example.org" in str(row) for row in (*bookings, *letters))


def _left_over(house: MortalHouse) -> Iterator[str]:
    for service in SERVICES:
        yield from (f"{service} keeps an attempt at {row.kind}" for row in house.rows(service, "attempt"))
        yield from (f"{service} is stuck with {row.kind}" for row in house.rows(service, "outbox") if row.stuck_at)


def _open_lunch(process: Process) -> bool:
    with process.part.service.work() as work:
        add_cantine(work, CANTINE)
        camille = add_coordinator(work, email=CAMILLE, name="Camille", language="en", cantines=(CANTINE.slug,))
        choose_ways(work, Reachable(staff=camille, wishes=Wishes(routine=Way.EMAIL)))  # a full meal, at once
        open_sitting(
            work,
            CANTINE.slug,
            Plan(**at_noon(FRIDAY), kitchen=OwnKitchen(room=2, cook_places=0), menu="Soupe"),
            "",
            Author(name="Camille"),
        )
    return True


def _let_in(sitting: str, process: Process) -> bool:
    walk_in(process.part.service, YANIS, sitting, people=3, key="a key")
    return True


def _forget_anna(process: Process) -> bool:
    settings = process.part.settings
    links = Links(settings.secret_keys)
    anna = Contact(name=None, email="anna@example.org", phone=None, language="en")
    erase(process.part.service, links, Voice(links, settings.public_url), anna)
    return True


def _ask_to_sign_in(process: Process) -> bool:
    settings = process.part.settings
    with process.part.service.work() as work:
        ask_to_sign_in(work, CAMILLE, Links(settings.secret_keys), settings.public_url)
    return True
