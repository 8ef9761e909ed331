"""The command line: what an operator types, and what it answers."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import amqp
import click
import kombu.exceptions
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from services.capacity.bootstrap import assemble as assemble_capacity
from services.capacity.seed import seed_demo
from services.capacity.use_cases.look import all_staff
from services.notifications.bootstrap import assemble
from services.notifications.handlers import handlers
from shared.assembly import Assembly
from shared.cli import make_cli
from shared.clock import SetClock
from shared.contracts.routes import SERVICES, schema_of
from shared.contracts.sitting import SittingNotice
from shared.links import Links
from shared.messaging.inbox import Inbox
from shared.messaging.service import UnitOfWork
from tests.contracts.examples import EXAMPLES
from tests.stories.house import environment

NOTICE = EXAMPLES["sitting_notice"]
COMMANDS = {"web", "worker", "relay", "migrate", "resay", "ledger", "unstick", "parked"}
OWN = {
    "booking": {"seed-demo": "", "export": "camille@example.org", "erase": "--yes camille@example.org"},
    "capacity": {
        "seed-demo": "",
        "add-cantine": "--slug s --name n --city c --address a --phone p --email e",
        "add-coordinator": "--email e --name n --cantine s",
        "remove-staff": "--email e",
    },
    "notifications": {
        "sender": "",
        "failed": "",
        "export": "camille@example.org",
        "take-bounce": "-",
        "send-test-email": "camille@example.org",
        "send-test-sms": "0639980042",
    },
}


@pytest.fixture(autouse=True)
def _leave_logs_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The logs of this process belong to all tests."""
    monkeypatch.setattr("shared.cli.configure_logs", lambda **_: None)


def run(cli: click.Group, words: str, env: Mapping[str, str | None] | None = None) -> tuple[int, str]:
    """The exit code and what was printed. Whatever is not an answer is raised."""
    answer = CliRunner().invoke(cli, words.split(), env=env, catch_exceptions=False)
    return answer.exit_code, answer.output


def cli_of(name: str) -> click.Group:
    cli = import_module(f"services.{name}.__main__").cli
    assert isinstance(cli, click.Group)
    return cli


@pytest.mark.parametrize("name", SERVICES)
def test_help_names_every_command_and_says_what_it_does(name: str) -> None:
    code, text = run(cli_of(name), "--help")
    assert code == 0
    said = dict(line.strip().split(None, 1) for line in text.partition("Commands:\n")[2].splitlines())
    assert set(said) == COMMANDS | set(OWN[name])


@pytest.mark.parametrize("name", SERVICES)
def test_a_missing_setting_is_one_clear_sentence(name: str) -> None:
    needed = f"{name.upper()}_DATABASE_URL"
    words = ["web", "worker", "relay", "migrate", "resay", "ledger", "unstick", "parked list", "parked drop x"]
    for command in [*words, *(f"{command} {options}" for command, options in OWN[name].items())]:
        answer = run(cli_of(name), command, {needed: None})
        assert answer == (1, f"Error: {needed} is not set. See .env.example for what it means.\n"), command


@pytest.mark.parametrize("name", SERVICES)
def test_migrate_may_be_run_before_each_start(name: str, tmp_path: Path) -> None:
    env = os.environ | environment({name: f"sqlite:///{tmp_path}/{name}.db"})
    for _start in range(2):
        command = [sys.executable, "-m", f"services.{name}", "migrate"]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, f"{name}: the database is up to date.\n"), done.stderr


class Operator:
    """Somebody at the command line of notifications, whose handler of sittings may be broken."""

    def __init__(self, parts: Assembly) -> None:
        self.broken = False
        self._handlers = handlers(Links(parts.settings.secret_keys))
        self.parts = replace(parts, inbox=Inbox(parts.service, {**self._handlers, SittingNotice: self._hear}, {}))
        self._cli = make_cli("notifications", lambda: self.parts)

    def types(self, words: str) -> str:
        """What a command that succeeds prints."""
        code, text = run(self._cli, words)
        assert code == 0, text
        return text

    def is_told(self, words: str) -> str:
        """What a command that fails prints."""
        code, text = run(self._cli, words)
        assert code == 1, text
        return text

    def parks(self) -> None:
        """An item arrives while the handler is broken."""
        self.broken = True
        body = schema_of(NOTICE.kind).dump(NOTICE)
        item = {"thing": NOTICE.thing, "revision": NOTICE.revision, "correlation": "c1", "sends": 1, "body": body}
        self.parts.inbox.receive(NOTICE.kind, "capacity", [item])

    def _hear(self, work: UnitOfWork, notices: Sequence[SittingNotice]) -> None:
        self._handlers[SittingNotice](work, notices)
        if self.broken:
            raise RuntimeError("Jeanne Exemple, +33639980042")


@pytest.fixture
def operator(database_of: Callable[[str], str], clock: SetClock) -> Iterator[Operator]:
    parts = assemble(environment({"notifications": database_of("notifications")}), clock=clock)
    yield Operator(parts)
    parts.service.database.dispose()


def test_nothing_is_parked(operator: Operator) -> None:
    assert operator.types("parked list") == "Nothing is parked.\n"
    for command in ("show", "replay", "drop"):
        assert operator.is_told(f"parked {command} x") == "Error: No parked item about x.\n"


def test_a_parked_item_is_listed_without_personal_data_and_shown_whole(operator: Operator) -> None:
    operator.parks()
    assert operator.types("parked list") == (
        f"{NOTICE.kind} {NOTICE.thing} {NOTICE.revision} from capacity: 3 attempts, RuntimeError, "
        "since 2026-11-24 09:00:00 UTC\n"
    )
    shown = json.loads(operator.types(f"parked show {NOTICE.thing}"))
    assert (shown["kind"], shown["error"]) == (NOTICE.kind, "RuntimeError")
    assert schema_of(NOTICE.kind).load(shown["body"]) == NOTICE


def test_a_replay_that_fails_again_says_so_and_keeps_the_item(operator: Operator) -> None:
    operator.parks()
    before = operator.types("parked list")
    assert operator.is_told(f"parked replay {NOTICE.thing}") == "Error: It failed again: RuntimeError.\n"
    assert operator.types("parked list") == before


def test_a_replay_that_works_takes_the_item_off_the_list(operator: Operator) -> None:
    operator.parks()
    operator.broken = False
    assert operator.types(f"parked replay {NOTICE.thing}").endswith(f"{NOTICE.kind} {NOTICE.thing}: handled.\n")
    assert operator.types("parked list") == "Nothing is parked.\n"
    assert sittings_known(operator.parts) == 1


def test_a_parked_item_can_be_forgotten(operator: Operator) -> None:
    operator.parks()
    assert operator.types(f"parked drop {NOTICE.thing}") == f"{NOTICE.kind} {NOTICE.thing}: dropped.\n"
    assert operator.types("parked list") == "Nothing is parked.\n"
    assert sittings_known(operator.parts) == 0


def sittings_known(parts: Assembly) -> int:
    with parts.service.read() as conn:
        return int(
            conn.execute(sa.select(sa.func.count()).select_from(parts.metadata.tables["known_sitting"])).scalar_one()
        )


def test_what_is_stuck_is_sent_again_and_what_lives_is_said_again(
    database_of: Callable[[str], str], clock: SetClock
) -> None:
    parts = assemble_capacity(environment({"capacity": database_of("capacity")}), clock=clock)
    cli, outbox = make_cli("capacity", lambda: parts), parts.service.tables.outbox
    opened = seed_demo(parts.service) + len(all_staff(parts.service))
    with parts.service.database.begin() as conn:
        to_booking = sa.update(outbox).where(outbox.c.receiver == "booking")
        stuck = conn.execute(to_booking.values(stuck_at=clock.now(conn), due_at=None)).rowcount
    assert stuck == opened > 0
    assert run(cli, "unstick") == (0, f"capacity: {stuck} stuck items are sent again.\n")
    assert run(cli, "unstick") == (0, "capacity: 0 stuck items are sent again.\n")
    assert run(cli, "resay") == (0, f"capacity: {opened} things said again.\n")
    parts.service.database.dispose()


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://u:secret@h/d", "postgresql://u:secret@h:port/d", "postgresql+x://h/d"]
)
def test_an_address_that_is_no_database_s_is_one_clear_sentence(name: str, url: str) -> None:
    setting = f"{name.upper()}_DATABASE_URL"
    sentence = f"{setting} must look like postgresql://user:password@host:5432/name, or sqlite:///file."
    assert run(cli_of(name), "migrate", environment({name: url})) == (1, f"Error: {sentence}\n")


@pytest.mark.parametrize(
    ("url", "reason"),
    [("postgresql://u:secret@127.0.0.1:1/d", "refused"), ("sqlite:////nowhere/d.db", "unable to open")],
)
@pytest.mark.parametrize("command", ["migrate", "resay", "ledger", "unstick", "parked list"])
def test_a_database_that_is_away_is_one_clear_sentence(command: str, url: str, reason: str) -> None:
    code, text = run(cli_of("capacity"), command, environment({"capacity": url}))
    assert code == 1
    assert text.startswith("Error: The database cannot be used: ") and reason in text
    assert text.count("\n") == 1 and "secret" not in text


def test_a_database_without_tables_is_one_clear_sentence(new_database: Callable[[str], str]) -> None:
    parts = assemble_capacity(environment({"capacity": new_database("capacity")}))
    sentence = "The database has no tables yet, or old ones: run `migrate` first."
    assert run(make_cli("capacity", lambda: parts), "unstick") == (1, f"Error: {sentence}\n")
    parts.service.database.dispose()


def test_a_fault_of_ours_keeps_its_traceback() -> None:
    def broken() -> Assembly:
        raise sa.exc.IntegrityError("INSERT", {}, Exception("taken"))

    with pytest.raises(sa.exc.IntegrityError):
        run(make_cli("capacity", broken), "migrate")


@pytest.mark.parametrize(
    ("raised", "sentence"),
    [
        (amqp.AccessRefused("no"), "The broker refuses the user, password or host path of BROKER_URL."),
        (amqp.NotAllowed("no"), "The broker refuses the user, password or host path of BROKER_URL."),
        (kombu.exceptions.OperationalError("away"), "The broker of BROKER_URL cannot be reached."),
    ],
)
def test_a_broker_that_refuses_is_one_clear_sentence(raised: Exception, sentence: str) -> None:
    def refused() -> Assembly:
        raise raised

    assert run(make_cli("capacity", refused), "worker") == (1, f"Error: {sentence}\n")


def test_the_ledger_is_printed_in_one_snapshot_and_says_where_it_ends(operator: Operator) -> None:
    operator.parks()
    head, receipt, parked, end = (json.loads(text) for text in operator.types("ledger").splitlines())
    assert (head["ledger"], head["at"]) == ("notifications", "2026-11-24T09:00:00+00:00")
    assert receipt[2:] == ["on its way", {"kind": "receipt", "to": "capacity", "state": "unreceipted"}]
    assert parked[:3] == ["sitting", NOTICE.thing, "on its way"]
    assert parked[3] == {"kind": NOTICE.kind, "sender": "capacity", "state": "parked"}
    assert end == {"end": 2}
