"""When the supervisor starts the product again, and when it gives up."""

import pytest

from deploy.demo.supervisor import HEALTHY_AFTER, Life


@pytest.mark.parametrize(
    ("life", "well"),
    [
        (Life(status=-9, seconds=1.0, served=True), True),  # killed by somebody while it served
        (Life(status=-9, seconds=1.0, served=False), False),  # killed in its first breath, as by a lack of memory
        (Life(status=1, seconds=1.0, served=True), False),  # a part died at once
        (Life(status=1, seconds=HEALTHY_AFTER + 1, served=True), True),
        (Life(status=1, seconds=HEALTHY_AFTER + 1, served=False), True),
    ],
)
def test_a_life_that_was_well_says_nothing_against_the_next(life: Life, well: bool) -> None:
    assert life.was_well is well
