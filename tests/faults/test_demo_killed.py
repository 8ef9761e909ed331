"""The demo is killed more often than its supervisor forgives one that is ill; it was well, so it lives on."""

import pytest

from deploy.demo.supervisor import GIVE_UP_AFTER
from tests.faults.demo_killed import Crowd, client_of, open_demo, promises_kept, twice_what_is_left

pytestmark = pytest.mark.xdist_group("demo")


def test_the_demo_is_killed_again_and_again_while_residents_book() -> None:
    with open_demo() as demo:
        left = {one["id"]: one["seats_left"] for one in demo.read("/api/v1/sittings?page_size=100")["items"]}
        wanted = twice_what_is_left(left, 60)
        crowd = Crowd(demo, client_of(demo), at_most=GIVE_UP_AFTER + 1)
        crowd.book_all(wanted, kill_every=0.5)
        failed = [figure for figure in promises_kept(crowd, left, wanted) if not figure.held]
        crowd.client.http.clear()
    assert failed == []
    assert crowd.kills == GIVE_UP_AFTER + 1
