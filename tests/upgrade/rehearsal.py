"""An update with running traffic, rehearsed: residents book while old and new processes work side by side.

The truth is the residents' ledger of accepted answers and the log of the mail sink, as in the campaigns of faults. Who
did what is noted by the databases themselves, from the name under which each version connects.
"""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg

from shared.contracts.routes import SERVICES
from tests import backends
from tests.faults import verdict, witness
from tests.faults.campaign import settle
from tests.faults.reconciled import reconciled
from tests.faults.report import Figure, Report, at_least, at_most, none_of
from tests.faults.residents import Residents
from tests.real.client import Client
from tests.real.fleet import PROCESSES, ROOT, Fleet, fleet_on, until, web_answers
from tests.real.sink import free_port
from tests.upgrade.street import Doors, Stream, Team, open_doors

BEFORE, AFTER = "before", "after"
IN_ORDER = ("notifications", "booking", "capacity")
"""Who is updated first: each understands what the version before said, and not always what a newer one says."""
SEATS, LUNCHES = 20, 8
SETTLED_WITHIN = 60.0  # seconds after the last deed
_WHO = """
CREATE TABLE who_wrote (what text, version text);
CREATE FUNCTION who_wrote() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO who_wrote VALUES (TG_TABLE_NAME, current_setting('application_name')); RETURN NULL; END $$;
CREATE TRIGGER who_wrote AFTER INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION who_wrote();
"""
_HEALS = ("TimeLimitExceeded", "Hard time limit", "A message cannot be read")
"""What is logged and heals by itself: a task that Celery cut off, for the machine had no time for it, comes again; a
new kind of message, which an old worker lays aside, is sent until a new one hears it.
"""
TELLING = {"booking": "booking", "capacity": "claim", "notifications": "letter"}
"""By service: the table whose rows tell that a version works."""
Written = dict[str, Counter[str]]
"""By version: how many rows it wrote, by table."""


@dataclass(frozen=True)
class Plan:
    """How long a rehearsal is. `there_and_back`: it begins on the old schema, and ends with the old version again."""

    bookings: int = 400
    per_second: float = 6.0
    deeds_each_phase: int = 30
    there_and_back: bool = True
    processes: Sequence[str] = (*PROCESSES, "capacity web", "notifications web")
    seed: int = 1


@dataclass(frozen=True)
class Phase:
    """What happened for some seconds: which versions had to work, and who wrote how much."""

    name: str
    seconds: float
    at_work: Sequence[str]
    wrote: Written


@dataclass
class Rehearsal:
    """The versions, what they work on, and who comes meanwhile."""

    before: Fleet
    after: Fleet
    doors: Doors
    client: Client
    phases: list[Phase] = field(default_factory=list)

    @property
    def fleet(self) -> Fleet:
        """Where the letters arrive."""
        return self.before

    def look(self, service: str) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection to a service's database; each statement is a transaction of its own."""
        url = self.before.env[f"{service.upper()}_DATABASE_URL"]
        return psycopg.connect(url, autocommit=True, connect_timeout=3)

    def written(self) -> Written:
        """Who wrote how much so far."""
        found: Written = {BEFORE: Counter(), AFTER: Counter()}
        for service in SERVICES:
            with self.look(service) as conn:
                question = "SELECT version, what, count(*) FROM who_wrote GROUP BY version, what"
                for version, what, count in conn.execute(question).fetchall():
                    found[str(version)][str(what)] = int(str(count))
        return found

    @contextmanager
    def phase(self, name: str, at_work: Sequence[str]) -> Iterator[None]:
        """Note how long a phase took, who worked in it, and who should have."""
        begun, at_first = time.monotonic(), self.written()
        yield
        now = self.written()
        wrote = {version: now[version] - at_first[version] for version in now}
        self.phases.append(Phase(name, time.monotonic() - begun, at_work, wrote))

    def start(self, fleet: Fleet, processes: Sequence[str]) -> None:
        """Start these processes, service by service, and wait until their webs serve."""
        for service in IN_ORDER:
            fleet.start(*(name for name in processes if name.split()[0] == service))
        for service in (name.split()[0] for name in processes if name.endswith(" web")):
            until(lambda: web_answers(fleet, service), what=f"{service} serves")  # noqa: B023

    def lead_to(self, *fleets: Fleet) -> None:
        """Lead who comes from now on to these versions."""
        self.doors.lead_to(*fleets)
        self.client.http.clear()  # who comes again takes a new connection

    def migrate(self) -> None:
        """Bring the databases to the schema of the version after, whoever works on them."""
        for service in IN_ORDER:
            self.after.run(service, "migrate")

    def until_worked(self, stream: Stream, *versions: str) -> None:
        """Wait until residents came, and each of these versions had its share in everything."""
        at_first = self.written()

        def worked() -> bool:
            now = self.written()
            return all(now[one][what] > at_first[one][what] for one in versions for what in TELLING.values())

        until(lambda: stream.dry or (worked() and stream.came), what=f"at work: {', '.join(versions)}")


@contextmanager
def open_rehearsal(old: Path, folder: Path, prefix: str, *, migrated_by: Path) -> Iterator[Rehearsal]:
    """Databases at the schema of one version, and both versions ready to start, on the servers of the tests."""
    with ExitStack() as stack:
        urls = {name: stack.enter_context(backends.new_database("postgres", folder, name)) for name in SERVICES}
        doors = stack.enter_context(open_doors())
        fleet = stack.enter_context(fleet_on(urls, backends.BROKER_URL, prefix, folder, root=migrated_by))
        fleet.env["PUBLIC_URL"] = f"http://127.0.0.1:{doors.port('booking')}"
        before, after = (_version(fleet, name, root) for name, root in ((BEFORE, old), (AFTER, ROOT)))
        for one in (before, after):
            stack.callback(one.stop)
        client = Client(replace(fleet, port=doors.port("booking")), name="neighbour")
        stack.callback(client.http.clear)
        yield Rehearsal(before, after, doors, client)


def _version(fleet: Fleet, name: str, root: Path) -> Fleet:
    """One of two versions on the same servers, known to the databases by its name."""
    logs = fleet.logs / name
    logs.mkdir()
    return replace(fleet, root=root, logs=logs, port=free_port(), env=fleet.env | {"PGAPPNAME": name}, running={})


def rehearse(rehearsal: Rehearsal, title: str, plan: Plan) -> Report:
    """Update while residents book, and judge."""
    for service, table in TELLING.items():
        with rehearsal.look(service) as conn:
            conn.execute(_WHO.format(table=table).encode())
    witness.install(rehearsal)
    rehearsal.start(rehearsal.before, plan.processes)
    rehearsal.lead_to(rehearsal.before)
    lunches, token = _furnish(rehearsal)
    residents = Residents(rehearsal.client, lunches, plan.bookings, plan.seed)
    stream, team = Stream(residents, plan.per_second), Team(rehearsal.doors, token, lunches[0])
    try:
        with stream.flowing(), team.at_work() if "capacity web" in plan.processes else nullcontext():
            _change_versions(rehearsal, stream, plan)
        residents.wait()
        last_deed = time.monotonic()
        settled = settle(rehearsal, patience=SETTLED_WITHIN)
        return Report(
            title, tuple(_figures(rehearsal, residents, team, settled - last_deed)), _notes(rehearsal, residents)
        )
    finally:
        residents.end()


def _change_versions(rehearsal: Rehearsal, stream: Stream, plan: Plan) -> None:
    before, after = rehearsal.before, rehearsal.after

    def phase(name: str, *at_work: str) -> AbstractContextManager[None]:
        stream.begin_phase(plan.deeds_each_phase)
        return rehearsal.phase(name, at_work)

    if plan.there_and_back:
        with phase("the version before, on its own schema", BEFORE):
            rehearsal.until_worked(stream, BEFORE)
        with phase("the schema changes under it", BEFORE):
            rehearsal.migrate()
    with phase("the version before, on the new schema", BEFORE):
        rehearsal.until_worked(stream, BEFORE)
    with phase("the new version starts beside it", BEFORE):
        rehearsal.start(after, plan.processes)
        rehearsal.lead_to(before, after)
    with phase("both side by side", BEFORE, AFTER):
        rehearsal.until_worked(stream, BEFORE, AFTER)
    with phase("the version before leaves", AFTER):
        rehearsal.lead_to(after)
        before.stop()
        rehearsal.until_worked(stream, AFTER)
    if plan.there_and_back:
        with phase("back: the version before starts again", BEFORE, AFTER):
            rehearsal.start(before, plan.processes)
            rehearsal.lead_to(before, after)
            rehearsal.until_worked(stream, BEFORE, AFTER)
        with phase("back: the new version leaves", BEFORE):
            rehearsal.lead_to(before)
            after.stop()
            rehearsal.until_worked(stream, BEFORE)


def _furnish(rehearsal: Rehearsal) -> tuple[list[str], str]:
    """Lunches and a token for the team, made by the version before and known to its residents."""
    done = subprocess.run(
        [sys.executable, "-P", Path(__file__).with_name("furnish.py"), str(LUNCHES), str(SEATS)],
        cwd=rehearsal.before.root,
        env=rehearsal.before.env | {"PYTHONPATH": str(rehearsal.before.root)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"the version before cannot be furnished:\n{done.stderr[-2000:]}")
    made = json.loads(done.stdout.splitlines()[-1])
    until(lambda: rehearsal.before.known_sittings() == LUNCHES, what="booking knows the lunches")
    return made["lunches"], made["token"]


def _figures(rehearsal: Rehearsal, residents: Residents, team: Team, seconds: float) -> Iterator[Figure]:
    client = rehearsal.client
    facts = witness.gather(rehearsal, residents, SEATS)
    agreed = reconciled(rehearsal.after.env, within=30)
    yield at_least("bookings accepted", len(client.ledger), residents.bookings)
    yield none_of("requests of residents refused", residents.refused)
    yield at_most("requests of residents broken off, or put off", client.broken_off + client.put_off, 0, "requests")
    yield none_of("requests of the team refused or broken off", (one for one in team.answers.elements() if one != 200))
    yield at_most("settled after the last deed", round(seconds, 1), SETTLED_WITHIN, "s")
    for name, check in verdict.CHECKS.items():
        yield none_of(name, check(facts))
    if team.menu:
        shown = client.answered("GET", f"/api/v1/sittings/{team.sitting}").json()["menu"]
        yield none_of("the team's last menu, unseen by residents", {team.menu} - {shown})
    yield none_of("letters sent twice", verdict.repeated(facts))
    yield none_of("phases in which nobody worked", _idle(rehearsal.phases))
    yield none_of("errors in logs", _errors(rehearsal))
    yield none_of(f"differences between the services, in {agreed.rows} rows", agreed.differences)


def _idle(phases: Sequence[Phase]) -> Iterator[str]:
    """Versions that should work in a phase, and wrote nothing of some kind."""
    for phase in phases:
        for version in phase.at_work:
            for what in TELLING.values():
                if not phase.wrote[version][what]:
                    yield f"{version} writes no {what}: {phase.name}"


def _errors(rehearsal: Rehearsal) -> Iterator[str]:
    for fleet in (rehearsal.before, rehearsal.after):
        for path in sorted(fleet.logs.glob("*.log")):
            for line in path.read_text(errors="replace").splitlines():
                if '"level": "error"' in line and not any(one in line for one in _HEALS):
                    yield f"{fleet.logs.name} {path.stem}: {json.loads(line)['event'][:60]}"


def _notes(rehearsal: Rehearsal, residents: Residents) -> tuple[str, ...]:
    def rows(phase: Phase) -> str:
        return ", ".join(f"{version} wrote {count.total()} rows" for version, count in phase.wrote.items() if count)

    later, letters = residents.deeds - residents.bookings, len(rehearsal.fleet.sink.mails)
    return (
        *(f"{one.seconds:5.1f} s  {one.name}: {rows(one)}" for one in rehearsal.phases),
        f"{residents.bookings} bookings, {later} changes and cancellations, {letters} letters",
    )
