"""A post office at its worst, for a whole house."""

import random

from shared.messaging.post_office import Envelope
from tests.stories.house import House

ROUNDS = 400  # a house that has not come to rest by then never does


def deliver_in_disorder(house: House, seed: int) -> None:
    """Everything travels two or three times, shuffled, until nothing moves."""
    chaos = random.Random(seed)
    under_way: list[Envelope] = []
    for _ in range(ROUNDS):
        house.publish()
        published, house.office.waiting = house.office.waiting, []
        under_way += [one for one in published for _ in range(chaos.randint(2, 3))]
        if not under_way:
            return
        chaos.shuffle(under_way)
        house.office.deliver(under_way.pop())
    raise AssertionError("the house does not come to rest")
