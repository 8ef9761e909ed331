"""Growth: the CPU of a booking when a thousand, a hundred thousand, and a million bookings lie in the tables."""

import time

from bench.burst import SITTINGS, burst
from bench.figure import Figure, Result
from bench.fill import fill
from bench.house import open_house
from bench.options import Options
from services.capacity.domain.kitchen import MAX_SEATS

SIZES = (1_000, 100_000, 1_000_000)


def measure(options: Options) -> Result:
    """The same burst on top of each, in a house of its own."""
    count = options.bookings or 2000
    details = []
    costs = []
    for size in SIZES:
        with open_house() as house:
            begun = time.monotonic()
            fill(house, size)
            filled = time.monotonic() - begun
            house.start()
            sittings = house.lunches(SITTINGS, seats=MAX_SEATS)
            house.warm_up(sittings)
            seen = burst(house, sittings, count)
        costs.append(seen.cpu_per_booking)
        details += [f"with {size:,} bookings (filled in {filled:.0f} s):", *(f"  {line}" for line in seen.lines[1:])]
    smallest, *larger = costs
    return Result(
        [
            Figure(
                what=f"growth: CPU per booking, {size:,} to {SIZES[0]:,} in the tables",
                measured=cost / smallest,
                must=1.3,
                stretch=1.1,
                unit=" ×",
            )
            for size, cost in zip(SIZES[1:], larger, strict=True)
        ],
        details,
    )
