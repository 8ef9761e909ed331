"""What the comparison works with: all that is said of one thing, and a difference found in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared.ledger.lines import Line
from shared.ledger.pending import ON_ITS_WAY

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """A difference: about which thing, in what, and who says what of it (None: knows nothing of it).

    `on_its_way`: a message about this thing has not arrived, so the difference may be gone in a moment.
    """

    about: str
    thing: str
    what: str
    says: tuple[tuple[str, Any], ...]
    on_its_way: bool = False

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Makes it the same difference when it is found again."""
        return self.about, self.thing, self.what, repr(self.says)


@dataclass
class Group:
    """All lines of the three services about one thing. `at` is when notifications' ledger was opened."""

    about: str
    thing: str
    at: datetime
    lines: list[tuple[str, Line]] = field(default_factory=list)

    def one(self, service: str, what: str) -> Facts | None:
        """What a service keeps, if it does."""
        return next(iter(self.every(service, what)), None)

    def every(self, service: str, what: str) -> list[Facts]:
        """All that a service keeps of this kind."""
        return [line.facts for who, line in self.lines if (who, line.what) == (service, what)]

    @property
    def on_its_way(self) -> bool:
        """Whether somebody has yet to hear, or to handle, a message about this thing."""
        return any(line.what == ON_ITS_WAY for _, line in self.lines)

    def finding(self, what: str, **says: Any) -> Finding:
        """A difference in this thing; the names are those of the services."""
        return Finding(self.about, self.thing, what, tuple(says.items()), self.on_its_way)

    def unless_equal(self, what: str, **says: Any) -> Iterator[Finding]:
        """A difference, if they do not all say the same."""
        values = list(says.values())
        if any(value != values[0] for value in values[1:]):
            yield self.finding(what, **says)

    def fields_that_differ(self, names: Iterable[str], **says: Facts) -> Iterator[Finding]:
        """A difference for each of these names that they do not all say the same of."""
        for name in names:
            yield from self.unless_equal(name, **{service: facts[name] for service, facts in says.items()})
