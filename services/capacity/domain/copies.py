"""A new cantine begins with what another has learnt."""

from dataclasses import replace
from datetime import date

from services.capacity.domain.templates import WEEK, Template


class CantineExists(Exception):
    """There is a cantine of that name in addresses already."""


def copied(template: Template, cantine: str, begins: date) -> Template | None:
    """A weekly meal of another cantine, from a day on: on the days of the same rhythm; None if it has ended by then."""
    since = max(begins, template.first)
    first = next(template.days(since, since + template.every * WEEK), None)
    if first is None:
        return None
    return replace(template, id="", cantine=cantine, usual=template.plan(first), made_until=None)
