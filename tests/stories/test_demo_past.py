"""The demo begins with a few days that have been: the services agree on them, and nobody is written to about them."""

from services.booking.use_cases.seed_past import book_past, check_in_past
from services.capacity.seed import note_last_week, seed_demo, seed_past
from shared.contracts.alert import AlertKind
from tests.stories.agree import differences
from tests.stories.house import House
from tests.stories.residents import rows


def test_the_last_days_have_guests_counts_and_sums(house: House) -> None:
    booking, capacity = house["booking"], house["capacity"]
    seed_demo(capacity.service)
    meals = seed_past(capacity.service)
    house.settle()
    assert book_past(booking.service, booking.settings) > meals > 20
    house.settle()
    alerts = {one.kind for one in rows(house, "capacity", capacity.metadata.tables["alert"])}
    assert AlertKind.LATE_CHANGE not in alerts, "who books today's meal in time is not late"
    assert check_in_past(booking.service, booking.settings) == note_last_week(capacity.service) == meals
    house.do_what_is_due()
    assert not differences(house)
    counted = rows(house, "capacity", capacity.metadata.tables["attendance"])
    assert len(counted) == meals
    assert sum(one.came for one in counted) > 5 * sum(one.absent for one in counted) > 0
    letters = rows(house, "notifications", house["notifications"].metadata.tables["letter"])
    assert len({one.sitting for one in letters}) == 1, "only about the meal of today"

    assert seed_past(capacity.service) == note_last_week(capacity.service) == 0
    assert book_past(booking.service, booking.settings) == check_in_past(booking.service, booking.settings) == 0
