"""Many workers decide on one sitting at the same time, while a coordinator changes it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from services.capacity.use_cases.answer_requests import answer_requests
from services.capacity.use_cases.edit_sitting import edit_sitting
from shared.contracts.party import Party
from shared.contracts.seats import SeatsAnswer, SeatsRequest, Standing
from tests.services.capacity.house import BY, URL, CapacityHouse, a_plan

WORKERS = 4


def test_the_last_seats_are_given_once(house: CapacityHouse) -> None:
    sitting = house.opens(seats=2, cook_places=1)
    requests = [house.asks(sitting, f"b{number:02}", Party(eaters=1)) for number in range(40)]
    barrier = Barrier(WORKERS + 1)

    def decide(mine: list[SeatsRequest]) -> None:
        barrier.wait(timeout=10)
        for request in mine:
            with house.parts.service.work() as work:
                answer_requests(work, [request], URL)

    def raise_the_limit() -> None:
        barrier.wait(timeout=10)
        for seats in (3, 4, 5):
            with house.parts.service.work() as work:
                edit_sitting(work, sitting, a_plan(seats=seats, cook_places=1), URL, BY)

    with ThreadPoolExecutor(WORKERS + 1) as pool:
        tasks = [pool.submit(decide, requests[number::WORKERS]) for number in range(WORKERS)]
        for task in [*tasks, pool.submit(raise_the_limit)]:
            task.result(timeout=60)

    answers = house.said(SeatsAnswer).values()
    assert sum(answer.standing is Standing.HELD for answer in answers) == 5
    seating = house.sitting(sitting).seating
    assert (seating.held, seating.waitlist_length, seating.overhang) == (5, 35, 0)
