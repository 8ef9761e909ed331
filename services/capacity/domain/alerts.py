"""An alert: one thing about one sitting that is worth a coordinator's attention, from raised to gone.

Each kind has a rule (`alert_rules.py`). An alert is *raised* when its cause comes, *eased* when the cause has gone, and
*left behind* only when the sitting is clearly past it: one that is eased and comes back is still the same alert, so
facts that swing around a limit raise one alert and no more. So is one that comes back within `SAME_WITHIN`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from services.capacity.domain.go_no_go import GoNoGo
from services.capacity.domain.places import Sitting
from shared.contracts.alert import AlertKind, Severity
from shared.contracts.party import Party

SAME_WITHIN = timedelta(minutes=30)
LAST_OFFERS_END = timedelta(minutes=2)  # after booking closed: a yes that was said in time is on its way until then
_RISING = (Severity.ROUTINE, Severity.IMPORTANT, Severity.URGENT)

Levels = Mapping[AlertKind, int]
"""The alerts of a sitting that are not left behind: how far each has gone, from 1; 0 while it is eased."""


class NoSuchAlert(Exception):
    """There is no such alert."""


@dataclass(frozen=True, kw_only=True)
class AlertSettings:
    """When a cantine wishes to hear of what, and whom to tell first.

    `nearly_full` is in percent of the seats; `waiting` counts parties; a meal with fewer than `cooks` or `guests`
    (cooks included) is told of from `days` before cooking starts. From `quiet_since` to `quiet_until` (local) nobody is
    disturbed. `on_duty` is the id of a member of staff, None for all; what is urgent and unanswered goes to more people
    after `answer_within` minutes of waking time. If cooks are missing `call_hours` before the cutoff, they are called
    by themselves (0: never).
    """

    nearly_full: int = 85
    waiting: int = 3
    cooks: int = 3
    guests: int = 10
    days: int = 2
    quiet_since: time = time(21, 0)
    quiet_until: time = time(7, 0)
    on_duty: str | None = None
    answer_within: int = 60
    call_hours: int = 0


@dataclass(frozen=True, kw_only=True)
class Watch:
    """What is remembered of a sitting to raise its alerts: in its own row, so that looking costs no question.

    `due_at` is when time alone may next change them (None: never again). `covers` and `cooks` are those held when
    booking closed. `since` is when it was opened (None: long ago).
    """

    levels: Levels = field(default_factory=dict)
    due_at: datetime | None = None
    covers: int = 0
    cooks: int = 0
    since: datetime | None = None

    def without(self, passed: Party) -> "Watch":
        """When places fall back that were only kept for these people: nobody changes their mind, however late it is."""
        if not passed.seats:
            return self
        return replace(self, covers=self.covers - passed.seats, cooks=self.cooks - passed.cooks)


UNWATCHED = Watch()


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a rule looks at. `cooking_at` and `starts_at` (of the meal) are UTC.

    So is `decide_at`, the hour at which `go_no_go` is judged; `goes_ahead`, once a person said so.
    """

    seating: Sitting
    cooking_at: datetime
    starts_at: datetime
    has_menu: bool
    watch: Watch
    settings: AlertSettings
    now: datetime
    go_no_go: GoNoGo | None = None
    decide_at: datetime | None = None
    goes_ahead: bool = False


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When a kind of alert is raised, and when the sitting has clearly left it behind.

    `level` is 0 while there is no cause; `severities` go with the levels from 1. `moments` are those at which time
    alone may change the level. `facts` are what a letter needs to know beside the covers. While a kind stands that
    `says_it_too`, this one is eased.
    """

    severities: tuple[Severity, ...]
    level: Callable[[Scene], int]
    left_behind: Callable[[Scene], bool]
    facts: Callable[[Scene], Mapping[str, int]]
    moments: Callable[[Scene], Iterable[datetime]] = lambda _scene: ()
    says_it_too: frozenset[AlertKind] = frozenset()

    def severity(self, level: int) -> Severity:
        """How soon this must be known."""
        return self.severities[min(level, len(self.severities)) - 1]


Rules = Mapping[AlertKind, Rule]


def look(scene: Scene, rules: Rules) -> Watch:
    """The alerts of a sitting, and when to look again. What stands never sinks to a lower level."""
    if scene.now >= scene.starts_at or not scene.seating.may_take_place:
        return replace(scene.watch, levels={}, due_at=None)
    if scene.watch == UNWATCHED:
        scene = replace(scene, watch=replace(scene.watch, since=scene.now))
    if scene.seating.cutoff_at + LAST_OFFERS_END > scene.now:
        watch = replace(scene.watch, covers=scene.seating.held, cooks=scene.seating.cooks_held)
        scene = replace(scene, watch=watch)
    return replace(scene.watch, levels=_levels(scene, rules), due_at=_look_again_at(scene, rules))


def _levels(scene: Scene, rules: Rules) -> Levels:
    before = scene.watch.levels
    levels: dict[AlertKind, int] = {}
    for kind, rule in rules.items():
        if level := rule.level(scene):
            levels[kind] = max(level, before.get(kind, 0))
        elif kind in before and not rule.left_behind(scene):
            levels[kind] = 0
    causes = {kind for kind, level in levels.items() if level}
    return {kind: 0 if rules[kind].says_it_too & causes else level for kind, level in sorted(levels.items())}


def _look_again_at(scene: Scene, rules: Rules) -> datetime:
    moments = {moment for rule in rules.values() for moment in rule.moments(scene)}
    return min((moment for moment in moments if moment > scene.now), default=scene.starts_at)


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One alert as it is kept. `about` is the id of its sitting.

    `answered_by` is the member of staff who said “I'm on it”. `escalates_at` is when the next `circle` is told if
    nobody does: 0 is who is on duty, 1 all who look after the cantine, 2 the network's administrators too.
    """

    about: str
    kind: AlertKind
    cantine: str
    severity: Severity
    facts: Mapping[str, int]
    raised_at: datetime
    updated_at: datetime
    resolved_at: datetime | None = None
    revision: int = 0
    answered_by: str | None = None
    answered_at: datetime | None = None
    escalates_at: datetime | None = None
    circle: int = 0

    @property
    def thing(self) -> str:
        """Its name in messages."""
        return f"{self.kind}-{self.about}"

    @property
    def stands(self) -> bool:
        """Whether its cause is there."""
        return self.resolved_at is None

    @property
    def awaits_an_answer(self) -> bool:
        """Whether it stands and nobody is on it."""
        return self.stands and self.answered_at is None

    def resolved(self, now: datetime) -> "Alert":
        """When the cause has gone."""
        return replace(self, resolved_at=now, updated_at=now, escalates_at=None)

    def answered(self, by: str, now: datetime) -> "Alert":
        """When somebody is on it."""
        return replace(self, answered_by=by, answered_at=now, updated_at=now, escalates_at=None)

    def escalated(self, now: datetime, next_at: datetime | None) -> "Alert":
        """When nobody has answered in time; `next_at` is when the circle after is told, if nobody of this one does."""
        return replace(self, circle=self.circle + 1, updated_at=now, escalates_at=next_at)

    def over(self, known: "Alert | None", *, remembered: bool) -> "Alert":
        """This alert, just raised, where `known` is kept: the same one going on, or a new one in its place."""
        if known is None:
            return self
        came_back_soon = known.resolved_at is not None and self.raised_at - known.resolved_at < SAME_WITHIN
        if not (known.stands or remembered or came_back_soon):
            return replace(self, revision=known.revision)
        if _RISING.index(self.severity) > _RISING.index(known.severity):
            return replace(self, raised_at=known.raised_at, revision=known.revision)
        escalates_at = None if known.answered_at else known.escalates_at or self.escalates_at
        return replace(known, facts=self.facts, updated_at=self.updated_at, resolved_at=None, escalates_at=escalates_at)
