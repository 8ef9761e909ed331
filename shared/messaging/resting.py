"""Receivers whose queue refused: each is left alone for a while, so that it holds up no other."""

from collections.abc import Iterable

FIRST, LONGEST = 0.1, 1.0  # seconds; each time that a queue refuses again it is left alone twice as long


class Resting:
    """Which receivers are left alone, and until when (monotonic seconds)."""

    def __init__(self) -> None:
        self._spans: dict[str, float] = {}
        self._until: dict[str, float] = {}

    def refused(self, receivers: Iterable[str], now: float) -> None:
        """The queues of these have refused. One that did not for a while after its last rest begins anew."""
        for receiver in receivers:
            goes_on = now - self._until.get(receiver, -LONGEST) < LONGEST
            self._spans[receiver] = min(2 * self._spans[receiver], LONGEST) if goes_on else FIRST
            self._until[receiver] = now + self._spans[receiver]

    def at(self, now: float) -> tuple[str, ...]:
        """Who is left alone at this moment, in order."""
        return tuple(sorted(one for one, until in self._until.items() if until > now))

    def ends(self, now: float, otherwise: float) -> float:
        """When the first of those who are left alone now is tried again; `otherwise` if that is sooner."""
        return min([otherwise, *(until for until in self._until.values() if until > now)])
