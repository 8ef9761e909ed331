"""Campaign 10: each database in turn is put back to an older copy while residents book, change and cancel.

The copy is made by pg_dump while the product runs, and is old by so many deeds of residents when the service is killed
with messages in flight. It is put back as `docs/operate.md` says; the load goes on all the time.
"""

import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from shared.contracts.routes import SERVICES
from tests.faults.copies import letters_sent, put_back, resay_everywhere, strike, take
from tests.faults.guests import Guest, Guests
from tests.faults.house import House, open_house
from tests.faults.reconciled import Reconciled, reconciled
from tests.faults.report import Figure, Options, Report, at_least, at_most, none_of
from tests.real.conftest import open_lunches
from tests.real.fleet import PROCESSES, until
from tests.real.sink import Mail

TITLE = "Campaign 10: each database put back to an older copy, under load"
LUNCHES, SEATS, RESIDENTS = 8, 30, 6
BOOKINGS = 1200  # in all; demand is well above the seats
SETTLED_WITHIN = 180.0  # seconds: a letter left in mid-air is settled after a minute


@dataclass
class Story:
    """What happened: of each service, what was in flight at the strike; what the struck database alone had known."""

    house: House
    guests: Guests
    older_by: int
    in_flight: dict[str, int] = field(default_factory=dict)
    in_doubt: set[str] = field(default_factory=set)
    repeated_before: set[str] = field(default_factory=set)
    sent_in_copy: set[str] = field(default_factory=set)

    def restore(self, service: str, folder: Path) -> None:
        """Put one database back, under load."""
        self._let_pass()
        copy = take(self.house, service, folder)
        self._let_pass()
        if service == "notifications":
            self.repeated_before = repeated(self.house.fleet.sink.mails)
        self.in_flight[service], in_doubt = strike(self.house, service)
        self.in_doubt |= in_doubt
        put_back(self.house, copy)
        if service == "notifications":
            self.sent_in_copy = {message_id(key) for key in letters_sent(self.house)}
        self.house.fleet.start(*(name for name in PROCESSES if name.split()[0] == service))
        self.house.wait_for_web()
        self._let_pass()
        resay_everywhere(self.house, restored=service)

    def _let_pass(self) -> None:
        """So many deeds of residents."""
        done = self.deeds
        until(lambda: self.deeds >= done + self.older_by, what="residents do as they please")

    @property
    def deeds(self) -> int:
        """How many bookings, changes and cancellations were accepted."""
        return len(self.guests.all) + self.guests.changes


def run(options: Options) -> Report:
    """Put each database back, and see that all agree and nobody has lost what was promised."""
    older_by = max(20, (options.bookings or BOOKINGS) // (3 * len(SERVICES)))
    with open_house() as house, tempfile.TemporaryDirectory(prefix="tablee-copies-") as folder:
        keys = tuple(house.fleet.env["SECRET_KEYS"].split(","))
        guests = Guests(house.fleet.url, keys, open_lunches(house.fleet, LUNCHES, seats=SEATS), options.seed)
        story = Story(house, guests, older_by)
        with guests.at_it(RESIDENTS):
            for service in SERVICES:
                story.restore(service, Path(folder))
        begun = time.monotonic()
        end = reconciled(house.fleet.env, within=SETTLED_WITHIN)
        return Report(
            "Campaign 10: each database put back to an older copy, under load",
            (
                *_figures(story, end),
                at_most("settled after the last deed", time.monotonic() - begun, SETTLED_WITHIN, "s"),
            ),
            _notes(story, end),
        )


def _figures(story: Story, end: Reconciled) -> Sequence[Figure]:
    mails = story.house.fleet.sink.mails
    sure = [guest for guest in story.guests.all if guest.id not in story.in_doubt]
    now = {guest.id: story.guests.read(guest) for guest in sure}
    return (
        *(at_least(f"in flight when {name} was struck", count, 1) for name, count in story.in_flight.items()),
        none_of("bookings lost or unanswered", [one.id for one in sure if not _is_answered(now[one.id])]),
        none_of("wishes forgotten", [_told(one, now[one.id]) for one in sure if not _is_as_wished(one, now[one.id])]),
        none_of("confirmed seats lost", [one.id for one in sure if not _has_the_seat(one, now[one.id])]),
        none_of("guests never written to", {one.email for one in sure} - {mail.to for mail in mails}),
        none_of("letters sent twice before notifications was put back", story.repeated_before),
        none_of("letters sent again that the copy knew as sent", repeated(mails) & story.sent_in_copy),
        none_of("differences between the ledgers", end.differences),
        none_of("on its way at the end", end.on_its_way),
    )


def _notes(story: Story, end: Reconciled) -> tuple[str, ...]:
    mails = story.house.fleet.sink.mails
    told = Counter((mail.to, mail.subject, mail.text) for mail in {mail.key: mail for mail in mails}.values())
    guests = {guest.id: guest for guest in story.guests.all}
    gone = [one for one in story.in_doubt if one in guests and story.guests.read(guests[one]) is None]
    with story.house.look("capacity") as conn:
        over = conn.execute("SELECT coalesce(sum(overhang), 0), coalesce(sum(held), 0) FROM sitting").fetchone()
    return (
        f"{len(guests)} bookings, {story.guests.changes} changes and cancellations accepted; each copy older by "
        f"{story.older_by} deeds or more; {end.rows} rows compared.",
        f"Known to booking's database alone when it was struck: {len(story.in_doubt)}, gone with it: {len(gone)}.",
        f"Seats held: {over and over[1]} of {LUNCHES * SEATS}, overhang {over and over[0]}.",
        f"Letters: {len(mails)}; sent again under the same Message-ID: {len(repeated(mails))}; the same words to the "
        f"same guest under another: {sum(count - 1 for count in told.values())}.",
        f"Letters given up: {dict(end.given_up) or 'none'}.",
    )


def repeated(mails: Sequence[Mail]) -> set[str]:
    """The Message-IDs that came more than once, without their domain."""
    return {key for key, count in Counter(mail.key.strip("<>").split("@")[0] for mail in mails).items() if count > 1}


def message_id(letter: str) -> str:
    """The Message-ID of a letter, without its domain: the same at every sending."""
    return sha256(letter.encode()).hexdigest()[:32]


def _is_answered(said: dict[str, Any] | None) -> bool:
    return said is not None and not said["being_checked"] and said["status"] != "requested"


def _is_as_wished(guest: Guest, said: dict[str, Any] | None) -> bool:
    if said is None or not guest.people:
        return said is not None and said["status"] == "cancelled"
    return said["status"] in {"confirmed", "waitlisted"} and said["wished"]["people"] == guest.people


def _told(guest: Guest, said: dict[str, Any] | None) -> str:
    became = f"{said['status']} for {said['wished']['people']}" if said else "unknown"
    return f"{guest.id}: for {guest.people}, is {became}"


def _has_the_seat(guest: Guest, said: dict[str, Any] | None) -> bool:
    if not guest.seat:
        return True
    return said is not None and said["status"] == "confirmed" and said["party"]["people"] >= guest.seat
