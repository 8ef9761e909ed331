"""Several providers of one channel, in the order of the settings: the next is asked if one certainly took nothing.

What may have been taken is never handed to another. A provider that failed several times in a row is left alone for a
while, so that its time-outs do not hold up every letter.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from services.notifications.domain.sending import Accepted, NotNow, Outcome, Outgoing, Unknown
from services.notifications.providers.provider import Provider
from shared.logs import get_logger

log = get_logger(__name__)

FAILURES = 5  # in a row
LEFT_ALONE = 60.0  # seconds


class InTurn:
    """Asks the first that is not left alone. It repeats a key safely only if all do: nobody knows who had it."""

    def __init__(self, providers: Sequence[Provider], clock: Callable[[], float] = time.monotonic) -> None:
        self.providers = tuple(providers)
        self._clock = clock
        self._failed = dict.fromkeys(range(len(self.providers)), 0)
        self._rests_until = dict.fromkeys(range(len(self.providers)), 0.0)
        self.name = ",".join(provider.name for provider in providers)
        self.repeats_safely = all(provider.repeats_safely for provider in providers)

    def send(self, outgoing: Outgoing) -> Outcome:
        outcome: Outcome = NotNow("all providers are left alone for a while")
        for number, provider in enumerate(self.providers):
            if self._clock() < self._rests_until[number]:
                continue
            outcome = provider.send(outgoing)
            self._note(number, outcome)
            if isinstance(outcome, Accepted):
                return replace(outcome, by=provider.name)
            if not isinstance(outcome, NotNow):
                return outcome
        return outcome

    def resting(self) -> dict[str, float]:
        """For how many seconds more each provider that failed is left alone."""
        left = {one.name: self._rests_until[number] - self._clock() for number, one in enumerate(self.providers)}
        return {name: seconds for name, seconds in left.items() if seconds > 0}

    def close(self) -> None:
        for provider in self.providers:
            provider.close()

    def _note(self, number: int, outcome: Outcome) -> None:
        if not isinstance(outcome, NotNow | Unknown):
            self._failed[number] = 0
            return
        self._failed[number] += 1
        if self._failed[number] >= FAILURES:
            self._failed[number] = FAILURES - 1  # one more failure after the rest is enough
            self._rests_until[number] = self._clock() + LEFT_ALONE
            log.warning("A provider is left alone for a while.", provider=self.providers[number].name)
