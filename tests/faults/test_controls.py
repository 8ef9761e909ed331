"""The checks see what happens without the guard of the seats, or if a relay marks what it did not publish."""

import pytest

from tests.faults.controls import WITH_RECEIPTS, tell
from tests.faults.house import House
from tests.faults.report import as_table

pytestmark = pytest.mark.xdist_group("fleet")


def test_each_sabotage_is_seen_by_the_check_meant_to_see_it(house: House) -> None:
    report = tell(house, WITH_RECEIPTS, seed=1)
    assert report.held, as_table(report)
