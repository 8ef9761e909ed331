"""A hot sitting: many more attempts than seats, all at one meal, beside the same number at many meals."""

from bench.burst import SITTINGS, burst
from bench.figure import Figure, Result
from bench.house import open_house
from bench.options import Options
from services.capacity.domain.kitchen import MAX_SEATS

SEATS = 60


def measure(options: Options) -> Result:
    """2,000 attempts for 60 seats: everyone is answered and told, exactly 60 have a seat."""
    count = options.bookings or 2000
    with open_house() as house:
        house.start()
        many = house.lunches(SITTINGS, seats=MAX_SEATS)
        house.warm_up(many)
        cool = burst(house, many, count)
        [hot_one] = house.lunches(1, seats=SEATS)
        hot = burst(house, [hot_one], count)
        undecided = house.ask(
            "booking",
            f"SELECT count(*) FROM booking WHERE sitting = '{hot_one}' AND (answers IS NULL OR answers < revision)",
        )
        held = house.ask("capacity", f"SELECT held FROM sitting WHERE id = '{hot_one}'")
    not_accepted = count - hot.loaded.count(202)
    return Result(
        [
            Figure(
                what="hot sitting, of the rate with many",
                measured=hot.rate / cool.rate,
                must=0.8,
                stretch=1,
                unit=" ×",
                at_least=True,
            ),
            Figure(
                what=f"hot sitting: undecided, not accepted, seats off {SEATS}",
                measured=undecided + not_accepted + abs(held - SEATS),
                must=0,
            ),
        ],
        [
            f"at {SITTINGS} meals {cool.rate:.0f}/s, at one {hot.rate:.0f}/s (accepted, decided, mailed)",
            f"at one meal: {held} seats held, {undecided} undecided, {not_accepted} answers other than 202",
            f"CPU per booking: at many {cool.cpu_per_booking:.2f} ms, at one {hot.cpu_per_booking:.2f} ms",
        ],
    )
