"""The three services in one test, with a clock that stands and a post office that can misbehave."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from shared.assembly import Assembly
from shared.clock import SetClock
from shared.messaging.post_office import PostOffice
from shared.messaging.relay import Relay
from tests.databases import ASSEMBLE


def environment(urls: dict[str, str], **more: str) -> dict[str, str]:
    """The settings of a test house."""
    return {
        **{f"{name.upper()}_DATABASE_URL": url for name, url in urls.items()},
        "BROKER_URL": "memory://",
        "SECRET_KEYS": "a-key-for-tests-only-of-enough-characters",
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "MAIL_PROVIDER": "recorder",
        "SMS_PROVIDER": "recorder",
        "DEMO": "1",
        **more,
    }


@dataclass
class House:
    """Booking, capacity, notifications, and what passes between them."""

    parts: dict[str, Assembly]
    relays: dict[str, Relay]
    office: PostOffice
    clock: SetClock

    def __getitem__(self, name: str) -> Assembly:
        return self.parts[name]

    def publish(self) -> int:
        """Every relay publishes what is due. Returns how many rows."""
        return sum(relay.step() for relay in self.relays.values())

    def settle(self, *, rounds: int = 100) -> None:
        """Let everything travel until nothing moves any more."""
        for _ in range(rounds):
            if not self.publish() + self.office.deliver_all():
                return
        raise AssertionError("the house does not come to rest")

    def let_time_pass(self, **span: float) -> None:
        """Move the clock, do what falls due in all services, and settle."""
        self.clock.pass_time(**span)
        self.do_what_is_due()

    def do_what_is_due(self) -> None:
        """All timers of all services, then settle."""
        for part in self.parts.values():
            for timer in part.timers.values():
                timer()
        for relay in self.relays.values():
            relay.send_again()
        self.settle()


@contextmanager
def open_house(database_of: Callable[[str], str], clock: SetClock, **settings: str) -> Iterator[House]:
    """A house with migrated, empty databases."""
    env = environment({name: database_of(name) for name in ASSEMBLE}, **settings)
    parts = {name: assemble(env, clock=clock) for name, assemble in ASSEMBLE.items()}
    office = PostOffice()
    for name, part in parts.items():
        office.join(name, part.inbox)
    relays = {name: Relay(part.service, office.publisher_for(name)) for name, part in parts.items()}
    try:
        yield House(parts, relays, office, clock)
    finally:
        for part in parts.values():
            part.service.database.dispose()
