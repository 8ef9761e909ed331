"""A burst of bookings, from the request to the confirmation in the mail sink: its rate, its CPU and its messages."""

from dataclasses import dataclass
from statistics import mean

from bench.costs import messages_received
from bench.figure import Figure, Result
from bench.floor import SESSIONS, hot_row
from bench.house import House, open_house
from bench.load import Loaded, bookings, offer
from bench.options import Options
from services.capacity.domain.kitchen import MAX_SEATS

SITTINGS = 10
CLIENTS = 32


@dataclass(frozen=True)
class Burst:
    """What one burst gave; CPU in seconds, by process."""

    loaded: Loaded
    mailed_at: float  # when the last letter had come
    cpu: dict[str, float]
    sink_cpu: float
    messages: int | None  # None where RabbitMQ cannot be asked

    @property
    def count(self) -> int:
        """How many bookings."""
        return len(self.loaded.answers)

    @property
    def rate(self) -> float:
        """Bookings per second, until each had been accepted, decided, and told its guest by mail."""
        return self.count / (self.mailed_at - self.loaded.begun)

    @property
    def cpu_per_booking(self) -> float:
        """Milliseconds of all our processes and of the two servers; neither the load's nor the sink's."""
        return sum(self.cpu.values()) / self.count * 1000

    @property
    def lines(self) -> list[str]:
        """The details, CPU by process with the dearest first."""
        load, sink = self.loaded.cpu / self.count * 1000, self.sink_cpu / self.count * 1000
        return [
            f"{self.count} bookings by {CLIENTS} clients, {self.loaded.count(202)} of them accepted (202)",
            f"accepted {self.count / self.loaded.seconds:.0f}/s; accepted, decided and mailed {self.rate:.0f}/s",
            f"CPU per booking {self.cpu_per_booking:.2f} ms (not counted: load {load:.2f} ms, mail sink {sink:.2f} ms)",
            *(
                f"  {name:<24}{seconds / self.count * 1000:6.2f} ms"
                for name, seconds in sorted(self.cpu.items(), key=lambda item: -item[1])
            ),
        ]


def burst(house: House, sittings: list[str], count: int) -> Burst:
    """Send so many bookings by 32 clients; wait until every guest has a letter and everything is receipted."""
    messages, letters, cpu = messages_received(), house.sink.letters(), house.cpu()
    loaded = offer(house.port, bookings(sittings, count), clients=CLIENTS)
    house.until_letters(letters.count + loaded.count(202))
    mailed = house.sink.letters()
    house.settle()
    cpu_after, messages_after = house.cpu(), messages_received()
    return Burst(
        loaded=loaded,
        mailed_at=mailed.last_at,
        cpu={name: seconds - cpu.get(name, 0.0) for name, seconds in cpu_after.items()},
        sink_cpu=mailed.cpu - letters.cpu,
        messages=None if messages is None or messages_after is None else messages_after - messages,
    )


def measure(options: Options) -> Result:
    """Everybody gets a place at one of many meals, and a confirmation."""
    count = options.bookings or 4000
    floors = [hot_row()]
    with open_house() as house:
        house.start()
        sittings = house.lunches(SITTINGS, seats=MAX_SEATS)
        house.warm_up(sittings)
        seen = burst(house, sittings, count)
    floors.append(hot_row())
    return Result(
        _figures(seen, mean(floors)),
        [f"floor, hot row, {SESSIONS} sessions: {floors[0]:.0f}/s before, {floors[1]:.0f}/s after", *seen.lines],
    )


def _figures(seen: Burst, floor: float) -> list[Figure]:
    of_floor, cpu = seen.rate / floor * 100, seen.cpu_per_booking
    figures = [
        Figure(
            what="end to end, of the hot-row floor", measured=of_floor, must=12, stretch=20, unit=" %", at_least=True
        ),
        Figure(what="CPU per booking in that burst", measured=cpu, must=6, stretch=4, unit=" ms"),
    ]
    if seen.messages is not None:
        per_booking = seen.messages / seen.count
        figures.append(Figure(what="messages per booking in that burst", measured=per_booking, must=0.3, stretch=0.1))
    return figures
