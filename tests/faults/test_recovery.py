"""After one fault at a time all is decided; how soon is measured by `make faults recovery hung-broker`."""

from dataclasses import replace

import pytest

from tests.faults.house import House
from tests.faults.hung_broker import SIGNS
from tests.faults.recovery import Fault, hole, kill_child, recovered_after, strike
from tests.faults.stream import open_stream
from tests.real.client import Promise
from tests.real.conftest import open_lunches
from tests.real.fleet import until

pytestmark = pytest.mark.xdist_group("fleet")


@pytest.fixture(scope="module")
def lunches(house: House) -> list[str]:
    house.greet_others()
    return open_lunches(house.fleet, 2, seats=500)


@pytest.mark.parametrize(
    "fault",
    [kill_child("capacity worker"), hole("both", 3, held=False)],
    ids=lambda fault: fault.name,
)
def test_all_is_decided_after(house: House, lunches: list[str], fault: Fault) -> None:
    strike(house, lunches, replace(fault, limit=0))


def test_a_broker_that_hangs_is_noticed_and_all_is_decided_after_it(house: House, lunches: list[str]) -> None:
    said = house.fleet.log_of("booking relay").count("did not confirm")
    with open_stream(house, lunches) as stream:
        until(lambda: stream.undecided, what="work is in flight")
        house.broker.freeze()
        until(lambda: SIGNS["the readiness page"](house), seconds=30, what="the page shows it")
        until(
            lambda: house.fleet.log_of("booking relay").count("did not confirm") > said,
            seconds=60,
            what="the relay says it",
        )
        house.broker.thaw()
    assert stream.at_rest


def test_what_came_late_is_counted_from_the_cure() -> None:
    accepted = [
        Promise("", who, 1, sent_at, sent_at) for who, sent_at in (("before", 2.0), ("after", 10.0), ("on", 11.0))
    ]
    decided_at = {"before": 10.5, "after": 11.4, "on": 11.9}
    assert recovered_after(accepted, decided_at, 9.0, 1.0) == pytest.approx(2.4)
    assert recovered_after(accepted[2:], decided_at, 9.0, 1.0) == 0.0
    with pytest.raises(KeyError):
        recovered_after(accepted, {}, 9.0, 1.0)
