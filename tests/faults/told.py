"""What the logs of a whole run tell: nobody's name, address, number or link; and one id all along a booking's way.

The servers' logs are read too: PostgreSQL's quotes the rows that it refuses, if a statement of ours lets it.
"""

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from tests.faults.house import House
from tests.real.client import SURNAME

OURS = "tablees@example.org"  # whom letters come from
_ADDRESS = re.compile(r"[\w.+-]+(?:@|%40)example\.org")
_NUMBER = re.compile(r"(?<!\d)(?:\+?33|0)[ .]?6[ .]?39[ .]?98(?:[ .]?\d\d){2}(?!\d)")
_NAME = re.compile(SURNAME, re.IGNORECASE)
_TOKEN = re.compile(r"[\w.~-]{16,}")
ON_THE_WAY = ("capacity-worker", "booking-worker", "notifications-worker", "notifications-sender")


def private_words(text: str, tokens: Collection[str]) -> set[str]:
    """What a log tells that it must not: of whom, or the secret of a link."""
    told = {found for pattern in (_ADDRESS, _NUMBER, _NAME) for found in pattern.findall(text)}
    return (told | (set(_TOKEN.findall(text)) & set(tokens))) - {OURS}


def private_in_logs(house: House, links: Collection[str]) -> Iterator[str]:
    """What the logs of all processes and servers tell that they must not, each with its file."""
    tokens = {link.rsplit("/", 1)[1] for link in links}
    for log in logs(house):
        for word in sorted(private_words(log.read_text(errors="replace"), tokens)):
            yield f"{log.name}: {word}"


def logs(house: House) -> list[Path]:
    """The files in which the processes of a house log, and its servers."""
    postgres, broker = house.postgres.folder, house.broker.folder
    return [one for folder in (house.fleet.logs, postgres, broker, broker / "log") for one in folder.glob("*.log")]


def followed(house: House) -> tuple[int, int]:
    """Of the bookings that web took, how many one id can be followed by, through every process up to the letter; and
    how many there were.
    """
    asked = {line["correlation"] for line in _lines(house, "booking-web") if _takes_a_booking(line)}
    known = asked
    for name in ON_THE_WAY:
        seen = {why for line in _lines(house, name) for why in (line.get("correlation"), *line.get("correlations", ()))}
        known = known & seen
    return len(known), len(asked)


def _takes_a_booking(line: dict[str, Any]) -> bool:
    return (line.get("method"), line.get("route"), line.get("status")) == ("POST", "/api/v1/bookings", 202)


def _lines(house: House, name: str) -> Iterator[dict[str, Any]]:
    """The structured lines of a process; whoever is killed may leave half of one."""
    for line in (house.fleet.logs / f"{name}.log").read_text(errors="replace").splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict):
            yield said
