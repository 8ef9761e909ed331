"""What a campaign asks at its end: whether the three services agree, and whether they have come to rest."""

from collections.abc import Callable

from shared.clock import SetClock
from shared.contracts.party import Party
from tests.faults.reconciled import reconciled
from tests.stories.house import environment, open_house
from tests.stories.residents import lunch, reserve


def test_it_counts_what_was_compared_and_what_is_on_its_way(database_of: Callable[[str], str], clock: SetClock) -> None:
    urls: dict[str, str] = {}

    def noted(name: str) -> str:
        return urls.setdefault(name, database_of(name))

    with open_house(noted, clock) as house:
        sitting = lunch(house)
        house.settle()
        reserve(house, sitting, Party(eaters=2))
        before = reconciled(environment(urls))
        assert before.on_its_way["seats_request from booking to capacity, unreceipted"] == 1
        assert before.differences and all("is on its way" in difference for difference in before.differences)
        house.settle()
        after = reconciled(environment(urls))
        assert (after.differences, after.on_its_way, after.at_rest) == ((), {"letter, due": 1}, False)
        assert after.rows > before.rows
