"""On whose clock hours are told that concern no cantine alone."""

from collections import Counter
from collections.abc import Iterable
from zoneinfo import ZoneInfo


def zone_of_network(zones: Iterable[str]) -> ZoneInfo:
    """The zone of a network, of whose cantines each has one of these: that of most; UTC while it has none."""
    counted = Counter(sorted(zones))
    return ZoneInfo(counted.most_common(1)[0][0] if counted else "UTC")
