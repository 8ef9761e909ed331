"""Administrators see how the post of capacity is, and look after what could not be handled; others do not."""

import pytest
import sqlalchemy as sa

from services.capacity.store.tables import staff
from shared.messaging import parked
from shared.messaging.parked import Item
from tests.services.capacity.pages.conftest import Browser

PAGE = "/coordination/post"


@pytest.fixture
def administrator(camille: Browser) -> Browser:
    with camille.house.parts.service.work() as work:
        work.conn.execute(sa.update(staff).values(role="administrator"))
    return camille


def test_only_administrators_see_it(camille: Browser) -> None:
    assert camille.opens(PAGE).status_code == 403
    for deed in ("replay", "give-up", "unstick"):
        assert camille.sends(f"{PAGE}/{deed}", page="/coordination/").status_code == 403
    assert PAGE not in camille.opens("/coordination/").text


def test_a_parked_wish_is_given_up(administrator: Browser) -> None:
    service = administrator.house.parts.service
    item = Item("seats_request", "booking", "camille", 7, "a-test", 1, {"thing": "camille", "revision": 7})
    with service.work() as work:
        parked.mark(work.conn, service.tables.attempt, item)
        parked.park(work.conn, service.tables.attempt, item, work.now)
    page = administrator.opens(f"{PAGE}?lang=en").text
    assert "seats_request" in page and "killed or hung its worker" in page
    assert "Times are those of Europe/Paris." in page and "UTC" not in page
    named = {"kind": "seats_request", "thing": "camille", "revision": "7"}
    assert administrator.sends(f"{PAGE}/replay", page=PAGE, **named).status_code == 303
    assert "It failed again" in administrator.opens(f"{PAGE}?lang=en").text
    assert administrator.sends(f"{PAGE}/give-up", page=PAGE, **named).status_code == 303
    assert "There is none." in administrator.opens(f"{PAGE}?lang=en").text
    assert PAGE in administrator.opens("/coordination/health").text
