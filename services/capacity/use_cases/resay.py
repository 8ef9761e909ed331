"""A neighbour was restored from an older copy, or keeps more than we have: say again how things stand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from services.capacity.store import claims as claim_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.call_cooks import say_all_calls
from services.capacity.use_cases.conclude import say_sittings, seats_answer
from services.capacity.use_cases.say_staff import say_all
from shared.messaging.service import Service, UnitOfWork

LIVE = timedelta(days=7)  # after the meal


def resay(service: Service) -> int:
    """Say everything live again, one sitting at a time. Revisions stay: who knows them just receipts them.

    Returns how many things were said.
    """
    said = 0
    with service.read() as conn:
        since = service.clock.now(conn) - LIVE
        sittings = sitting_store.ids_since(conn, since)
    for sitting in sittings:
        with service.work() as work:
            planned = sitting_store.lock(work.conn, [sitting])
            claims = claim_store.of_sitting(work.conn, sitting)
            say_sittings(work, list(planned.values()))
            for claim in claims:
                work.say(seats_answer(claim))
            said += len(planned) + len(claims)
    with service.work() as work:
        claims = claim_store.of_unknown_sittings(work.conn, since)
        for claim in claims:
            work.say(seats_answer(claim))
    with service.work() as work:
        said += say_all_calls(work, since)
    with service.work() as work:
        return said + len(claims) + say_all(work)


def leave_answers_to_wishes(work: UnitOfWork, kept: Mapping[str, int]) -> None:
    """Booking keeps later answers than ours: our database was put back, and booking's wishes bring them, as the last
    answer that it kept.

    Saying ours above them would take back a seat that a guest was told of.
    """


def say_sittings_again(work: UnitOfWork, kept: Mapping[str, int]) -> None:
    """Jump above the revisions that a neighbour keeps, and say these sittings again."""
    sittings = [
        replace(one, revision=work.next_revision(max(one.revision, kept[one.id])))
        for one in sitting_store.lock(work.conn, kept).values()
    ]
    sitting_store.save(work.conn, sittings)
    say_sittings(work, sittings)


def say_nothing_again(work: UnitOfWork, kept: Mapping[str, int]) -> None:
    """A letter that was sent is not sent again."""
