"""Campaign 8: the broker is away for an hour at 5 bookings a second, and comes back to all of them at once.

What an hour lays down is laid down as fast as the machine can; what follows is measured as it is.
"""

import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from services.booking.bootstrap import assemble as assemble_booking
from services.booking.domain.contact import Contact
from services.booking.domain.wish import Wish
from services.booking.use_cases.book import book
from services.booking.use_cases.voice import Voice
from shared.contracts.party import Party
from shared.contracts.routes import SERVICES
from shared.links import Links
from tests.faults.counting import Published
from tests.faults.house import House, open_house
from tests.faults.reconciled import reconciled
from tests.faults.report import Options, Report, at_least, at_most, none_of
from tests.real.conftest import open_lunches
from tests.real.fleet import until

AN_HOUR_OF_BOOKINGS = 5 * 3_600
MEALS, SEATS = 100, 60
PUBLISHES_EACH = 1.2  # at most, for each row
DRAINED_WITHIN = 600.0  # seconds
GIVE_UP_AFTER = 1_200.0  # seconds


def run(options: Options) -> Report:
    """Stop the broker, book for an hour, start it again, and wait until everybody is answered."""
    bookings = options.bookings or AN_HOUR_OF_BOOKINGS
    with tempfile.TemporaryDirectory(prefix="tablee-journal-") as folder:
        journal = Path(folder) / "journal"
        instead = {f"{service} relay": f"tests.faults.counting {journal} {service}" for service in SERVICES}
        with open_house(instead) as house:
            lunches = open_lunches(house.fleet, MEALS, seats=SEATS)
            until(lambda: waiting(house) == 0, what="the lunches are known")
            house.broker.stop()
            begun = time.monotonic()
            lay_down(house, [lunches[number % MEALS] for number in range(bookings)])
            laid_down = time.monotonic() - begun
            backlog = waiting(house)
            house.broker.start()
            decided, drained = drain(house)
            published = Published.read(journal.read_text().splitlines())
            agreed = reconciled(house.fleet.env)
    hop, each = published.worst
    figures = (
        at_least("rows that waited for the broker", backlog, bookings),
        at_most("publishes for each row", published.each, PUBLISHES_EACH, ""),
        at_most(f"the worst hop ({hop})", each, PUBLISHES_EACH, ""),
        at_most("until all is receipted", drained, DRAINED_WITHIN, "s"),
        none_of("differences between the services", agreed.differences),
    )
    notes = (
        f"{bookings} bookings, laid down in {laid_down:.0f} s",
        f"{published.items} items published for {published.rows} rows; all decided within {decided:.0f} s",
    )
    return Report("8 · The broker is away for an hour at 5 bookings/s", figures, notes)


def lay_down(house: House, sittings: Sequence[str]) -> None:
    """Residents book at these sittings; booking needs no broker for that."""
    booking = assemble_booking(house.fleet.env)
    voice = Voice(Links(booking.settings.secret_keys), booking.settings.public_url)

    def one(numbered: tuple[int, str]) -> None:
        number, sitting = numbered
        contact = Contact(name="Guest", email=f"guest{number}@example.org", phone=None, language="en")
        book(booking.service, voice, sitting, Wish(party=Party(eaters=1), contact=contact))

    with ThreadPoolExecutor(4) as pool:
        for _ in pool.map(one, enumerate(sittings)):
            pass
    booking.service.database.dispose()


def drain(house: House) -> tuple[float, float]:
    """Seconds until every booking was decided, and until nothing waited for a receipt any more."""
    begun = time.monotonic()
    undecided = partial(count, house, "booking", "SELECT count(*) FROM booking WHERE answers IS NULL")
    until(lambda: not undecided(), seconds=GIVE_UP_AFTER, what="everybody is answered")
    decided = time.monotonic() - begun
    until(lambda: waiting(house) == 0, seconds=GIVE_UP_AFTER, what="everything is receipted")
    return decided, time.monotonic() - begun


def waiting(house: House) -> int:
    """How many rows the three outboxes hold."""
    return sum(count(house, service, "SELECT count(*) FROM outbox") for service in SERVICES)


def count(house: House, service: str, question: str) -> int:
    """The one number that a question gives; the watcher looks four times a second."""
    time.sleep(0.25)
    with house.look(service) as conn:
        (number,) = conn.execute(question).fetchone() or (0,)
    return int(str(number))
