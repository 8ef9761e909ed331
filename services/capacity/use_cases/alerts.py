"""Alerts are raised, eased and told in the transaction of what causes them, or when their hour comes.

What is remembered of a sitting's alerts stands in its own row, so looking at them costs no question; the alerts
themselves are read and written only when one is raised or eased, all of a batch in one statement each.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from services.capacity.domain.addresses import short_sitting_page, sitting_page
from services.capacity.domain.alert_duty import Place, Places, Reachable, escalates_at, first_circle, told
from services.capacity.domain.alert_rules import RULES
from services.capacity.domain.alerts import Alert, AlertSettings, Scene, look
from services.capacity.domain.sittings import PlannedSitting
from services.capacity.store import alerts as alert_store
from shared.contracts.alert import AlertKind, CapacityAlert, QuietHours, Recipient
from shared.messaging.service import UnitOfWork

Known = Mapping[tuple[str, AlertKind], Alert]


def watch(
    work: UnitOfWork, sittings: Sequence[PlannedSitting], places: Places, public_url: str
) -> list[PlannedSitting]:
    """Raise and ease the alerts of these sittings, and tell of them. Returns the sittings with what to remember."""
    looked = [_look(work, one, places[one.cantine].settings) for one in sittings]
    changed = [
        (before, after)
        for before, after in zip(sittings, looked, strict=True)
        if before.watch.levels != after.watch.levels
    ]
    if changed:
        locked = alert_store.lock(work.conn, [after.id for _before, after in changed])
        known = {(one.about, one.kind): one for one in locked}
        alerts = [one for before, after in changed for one in _changed(work, before, after, places, known)]
        keep_and_say(work, alerts, {one.id: one for one in looked}, places, public_url)
    return looked


def keep_and_say(
    work: UnitOfWork,
    alerts: Sequence[Alert],
    sittings: Mapping[str, PlannedSitting],
    places: Places,
    public_url: str,
) -> None:
    """Keep these alerts about these sittings under new revisions, and say how they stand to whom it concerns."""
    alerts = [replace(one, revision=work.next_revision(one.revision)) for one in alerts]
    alert_store.save(work.conn, alerts)
    people = alert_store.reachable(work.conn, {one.cantine for one in alerts}) if alerts else []
    for one in alerts:
        place = places[one.cantine]
        who = told(people, one, place.settings)
        if who or not one.awaits_an_answer:  # that it is over is said also when those who were told have gone
            work.say(_message(one, sittings[one.about], place, who, public_url))


def _look(work: UnitOfWork, one: PlannedSitting, settings: AlertSettings) -> PlannedSitting:
    return replace(one, watch=look(_scene(work, one, settings), RULES))


def _scene(work: UnitOfWork, one: PlannedSitting, settings: AlertSettings) -> Scene:
    return Scene(
        seating=one.seating,
        cooking_at=one.cooking_at,
        starts_at=one.starts_at,
        has_menu=bool(one.menu),
        watch=one.watch,
        settings=settings,
        now=work.now,
        go_no_go=one.go_no_go,
        decide_at=one.decide_at,
        goes_ahead=one.going_ahead_at is not None,
    )


def _changed(
    work: UnitOfWork, before: PlannedSitting, after: PlannedSitting, places: Places, known: Known
) -> Iterator[Alert]:
    """The alerts of a sitting that were raised, or got worse, or eased."""
    was, levels = before.watch.levels, after.watch.levels
    for kind in sorted({*was, *levels}):
        old, level = known.get((after.id, kind)), levels.get(kind, 0)
        if level == was.get(kind, 0):
            continue
        if level:
            yield _raised(work, after, kind, level, places[after.cantine]).over(old, remembered=kind in was)
        elif old and old.stands:
            yield old.resolved(work.now)


def _raised(work: UnitOfWork, one: PlannedSitting, kind: AlertKind, level: int, place: Place) -> Alert:
    severity, circle = RULES[kind].severity(level), first_circle(place.settings)
    return Alert(
        about=one.id,
        kind=kind,
        cantine=one.cantine,
        severity=severity,
        facts=RULES[kind].facts(_scene(work, one, place.settings)),
        raised_at=work.now,
        updated_at=work.now,
        escalates_at=escalates_at(severity, circle, work.now, place),
        circle=circle,
    )


def _message(
    alert: Alert, one: PlannedSitting, place: Place, who: Sequence[Reachable], public_url: str
) -> CapacityAlert:
    settings = place.settings
    return CapacityAlert(
        thing=alert.thing,
        revision=alert.revision,
        alert=alert.kind,
        sitting=one.id,
        covers=one.seating.held,
        cooks=one.seating.cooks_held,
        waitlist_length=one.seating.waitlist_length,
        link=sitting_page(public_url, one.id),
        short_link=short_sitting_page(public_url, one.id),
        recipients=tuple(_recipient(person) for person in who),
        severity=alert.severity,
        standing=alert.awaits_an_answer,
        raised_at=alert.raised_at,
        cooking_at=one.cooking_at,
        facts=alert.facts,
        quiet=QuietHours(zone=place.cantine.zone, since=settings.quiet_since, until=settings.quiet_until),
    )


def _recipient(person: Reachable) -> Recipient:
    staff = person.staff
    return Recipient(
        name=staff.name,
        email=staff.email or "",
        language=staff.language,
        phone=person.phone,
        wishes=person.wishes,
        staff=staff.id,
    )
