"""A sitting: its counters against its own claims, and the two copies of it against capacity's."""

from collections.abc import Iterator

from deploy.reconcile.findings import Facts, Finding, Group

_NOBODY = {"seats": 0, "cooks": 0, "in_line": 0, "offered": 0}
_KEPT_BY_BOOKING = (
    "revision",
    "cantine",
    "date",
    "cooking_starts",
    "meal_starts",
    "starts_at",
    "cutoff_at",
    "status",
    "menu",
    "allergens",
    "break_even_price",
    "seats",
    "seats_left",
    "cook_places",
    "cook_places_left",
    "waitlist_length",
    "at_risk",
    "waitlist_policy",
    "largest_party",
    "newcomer_seats",
    "partners",
    "walk_ins",
)
_KEPT_BY_NOTIFICATIONS = (
    "revision",
    "cantine",
    "date",
    "cooking_starts",
    "meal_starts",
    "starts_at",
    "status",
    "menu",
    "break_even_price",
)


def compare_sitting(group: Group) -> Iterator[Finding]:
    """Everything about one sitting."""
    sitting = group.one("capacity", "sitting")
    claimed = group.one("capacity", "claims") or _NOBODY
    if sitting:
        yield from _counters(group, sitting, claimed)
        by_kind = group.one("capacity", "kinds") or {"taken": {}}
        yield from group.unless_equal("taken by kind", capacity=sitting["taken"], claims=by_kind["taken"])
    elif claimed["seats"]:
        yield group.finding("sitting", capacity=None, claims=f"{claimed['seats']} seats held")
    for service, names in (("booking", _KEPT_BY_BOOKING), ("notifications", _KEPT_BY_NOTIFICATIONS)):
        copy = group.one(service, "sitting")
        if sitting and copy:
            yield from group.fields_that_differ(names, **{"capacity": sitting, service: copy})
        elif sitting or copy:
            says = {"capacity": sitting and sitting["status"], service: copy and copy["status"]}
            yield group.finding("copy", **says)


def _counters(group: Group, sitting: Facts, claimed: Facts) -> Iterator[Finding]:
    """What a sitting counts is what its claims come to, and never more than fits."""
    yield from group.unless_equal("held", capacity=sitting["held"], claims=claimed["seats"])
    yield from group.unless_equal("cooks held", capacity=sitting["cooks_held"], claims=claimed["cooks"])
    yield from group.unless_equal("in line", capacity=sitting["waitlist_length"], claims=claimed["in_line"])
    yield from group.unless_equal("offered", capacity=sitting["offered"], claims=claimed["offered"])
    for name, limit, overhang, claims in (
        ("oversold", sitting["seats"], sitting["overhang"], claimed["seats"]),
        ("cooks oversold", sitting["cook_places"], sitting["cook_overhang"], claimed["cooks"]),
    ):
        if claims > limit + overhang:
            yield group.finding(name, capacity=f"{limit} and {overhang} of overhang", claims=claims)
        elif overhang > max(0, claims - limit):
            yield group.finding("overhang", capacity=overhang, claims=max(0, claims - limit))
