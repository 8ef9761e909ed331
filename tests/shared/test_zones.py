"""On whose clock a network tells its hours."""

import pytest

from shared.zones import zone_of_network

PARIS, REUNION = "Europe/Paris", "Indian/Reunion"


@pytest.mark.parametrize(
    ("zones", "found"),
    [((), "UTC"), ((REUNION,), REUNION), ((REUNION, PARIS, PARIS), PARIS), ((REUNION, PARIS), PARIS)],
)
def test_it_is_the_zone_of_most_of_its_canteens(zones: tuple[str, ...], found: str) -> None:
    assert zone_of_network(zones).key == found
