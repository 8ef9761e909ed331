"""The days on which a cantine does not cook: public holidays, and the closures that people enter themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.capacity.domain.flaws import Flaw
from services.capacity.domain.hours import YEARS
from shared.holidays import Holiday, Region, holiday
from shared.text import is_storable

MAX_NAME = 100  # characters


class FlawedClosure(Exception):
    """A closure cannot be as written. `flaws` says what is wrong, by field."""

    def __init__(self, flaws: Mapping[str, Flaw]) -> None:
        super().__init__(", ".join(f"{field}: {flaw}" for field, flaw in flaws.items()))
        self.flaws = flaws


class NoSuchClosure(Exception):
    """There is no such closure."""


@dataclass(frozen=True, kw_only=True)
class Closure:
    """Days on which a cantine is closed, first and last included: holidays, works, a school's break."""

    id: str
    cantine: str
    name: str
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether the cantine is closed on this day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, kw_only=True)
class Exceptions:
    """When a cantine's week is not like the others."""

    region: Region = Region.FRANCE
    closures: tuple[Closure, ...] = ()

    def closure(self, day: date) -> Closure | None:
        """The closure that covers a day."""
        return next((one for one in self.closures if one.covers(day)), None)

    def holiday(self, day: date) -> Holiday | None:
        """The public holiday on a day."""
        return holiday(day, self.region)


def check(closure: Closure) -> None:
    """Make sure that a closure can be kept. Raises FlawedClosure."""
    flaws: dict[str, Flaw] = {}
    if not closure.name:
        flaws["name"] = Flaw.MISSING
    elif len(closure.name) > MAX_NAME:
        flaws["name"] = Flaw.TOO_LONG
    elif not is_storable(closure.name):
        flaws["name"] = Flaw.UNREADABLE
    if closure.first.year not in YEARS:
        flaws["first"] = Flaw.UNREADABLE
    if closure.last.year not in YEARS:
        flaws["last"] = Flaw.UNREADABLE
    elif closure.last < closure.first:
        flaws["last"] = Flaw.ENDS_BEFORE_IT_BEGINS
    if flaws:
        raise FlawedClosure(flaws)
