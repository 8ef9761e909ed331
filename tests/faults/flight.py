"""Whether work is in flight: a fault that strikes an idle house proves nothing."""

from collections.abc import Callable

from tests.faults.house import House, Watched

InFlight = Callable[[House], int]
"""How many things are under way that a fault would hit. 0: it would hit nothing."""

_UNRECEIPTED = "SELECT count(*) FROM outbox WHERE kind <> 'receipt' AND thing NOT LIKE 'poison-%'"


def requests(house: House) -> int:
    """Requests of residents that wait for their answer."""
    return house.client.asking


def messages(house: Watched) -> int:
    """Things said by anybody and not yet receipted."""
    return sum(_count(house, service, _UNRECEIPTED) for service in ("booking", "capacity"))


def messages_to(receiver: str) -> InFlight:
    """Things said to a service and not yet receipted by it."""
    question = f"{_UNRECEIPTED} AND receiver = '{receiver}'"
    return lambda house: sum(_count(house, service, question) for service in ("booking", "capacity"))


def unpublished(sender: str) -> InFlight:
    """What a relay has yet to publish, receipts included."""
    return lambda house: _count(house, sender, "SELECT count(*) FROM outbox WHERE due_at IS NOT NULL")


def letters(house: Watched) -> int:
    """Letters that are due, or in the sender's hands."""
    return _count(house, "notifications", "SELECT count(*) FROM letter WHERE state IN ('due', 'attempting')")


def transactions(house: House) -> int:
    """Transactions that are open in the services' databases."""
    question = (
        "SELECT count(*) FROM pg_stat_activity WHERE xact_start IS NOT NULL AND pid <> pg_backend_pid() "
        "AND datname IN ('booking', 'capacity', 'notifications')"
    )
    return _count(house, "booking", question)


def in_the_hands_of(process: str) -> InFlight:
    """What one of our processes is about to work on, or is working on."""
    service, role = process.split()
    return {
        "web": requests,
        "worker": messages_to(service),
        "relay": unpublished(service),
        "sender": letters,
    }[role]


def _count(house: Watched, service: str, question: str) -> int:
    with house.look(service) as conn:
        row = conn.execute(question).fetchone()
    return int(str(row[0])) if row else 0
