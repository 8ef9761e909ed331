"""No provider is handed more letters than it wants in a second: all senders share its permits, and take them by steps.

What is held back stays due as it is, and waits. Where several providers carry a channel in turn, nobody knows
beforehand which of them will take a letter, so it costs a permit of each: the slowest sets the pace.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from services.notifications.domain.letter import Channel
from services.notifications.domain.rate import Bucket, Rate
from services.notifications.providers.provider import Provider
from services.notifications.store import rates
from shared.messaging.service import UnitOfWork

Span = tuple[datetime, datetime]


class Pace:
    """The rates of one sender's channels. It remembers which have no permit just now, and does not ask before."""

    def __init__(self, providers: Mapping[Channel, Provider], limits: Mapping[str, Rate]) -> None:
        named = {channel: provider.name.split(",") for channel, provider in providers.items()}
        slow = {channel: {one: limits[one] for one in names if one in limits} for channel, names in named.items()}
        self._limits = {channel: theirs for channel, theirs in slow.items() if theirs}
        self._closed: dict[Channel, Span] = {}

    def closed(self, now: datetime) -> list[Channel]:
        """The channels that have no permit yet."""
        return [channel for channel, (since, until) in self._closed.items() if since <= now < until]

    def pause(self, now: datetime) -> float | None:
        """Seconds until the first closed channel has a permit; None if none is closed."""
        ends = [self._closed[channel][1] for channel in self.closed(now)]
        return (min(ends) - now) / timedelta(seconds=1) if ends else None

    def grant(self, work: UnitOfWork, wanted: Mapping[Channel, int]) -> dict[Channel, int]:
        """How many letters may leave by each channel, of so many; their permits are spent with the unit of work."""
        limited = {channel: theirs for channel, theirs in self._limits.items() if wanted.get(channel)}
        granted = dict(wanted)
        if not limited:
            return granted
        spent = rates.lock(work.conn, sorted({name for theirs in limited.values() for name in theirs}), work.now)
        for channel, theirs in limited.items():
            buckets = {name: Bucket(rate=rate, spent_until=spent[name], now=work.now) for name, rate in theirs.items()}
            granted[channel] = min([wanted[channel], *(one.left for one in buckets.values())])
            spent |= {name: one.after(granted[channel]) for name, one in buckets.items()}
            if granted[channel] < wanted[channel]:
                left = [Bucket(rate=rate, spent_until=spent[name], now=work.now) for name, rate in theirs.items()]
                self._closed[channel] = work.now, max(one.next_at for one in left)
        rates.keep(work.conn, spent)
        return granted
