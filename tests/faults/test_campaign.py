"""Campaign 2: 500 bookings while each fault strikes once. What takes how long is judged by `make faults` alone."""

import pytest

from tests.faults.campaign import each_fault_once
from tests.faults.house import House
from tests.faults.report import Options, as_table

pytestmark = pytest.mark.xdist_group("fleet")
JUDGED_ELSEWHERE = "settled after the last fault"


def test_nothing_is_lost_whatever_fails(house: House) -> None:
    report = each_fault_once(house, Options(seed=1))
    wrong = [figure.name for figure in report.figures if not figure.held and figure.name != JUDGED_ELSEWHERE]
    assert wrong == [], as_table(report)
