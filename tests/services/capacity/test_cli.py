"""The commands that only capacity has."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from click.testing import CliRunner

from services.capacity import __main__ as commands
from services.capacity.bootstrap import assemble
from services.capacity.store import cantines as cantine_store
from services.capacity.store import staff as staff_store
from shared.assembly import Assembly
from tests.services.capacity.house import SETTINGS


@dataclass
class Shell:
    """A terminal with the environment of capacity."""

    env: dict[str, str]

    def run(self, *words: str) -> str:
        """What the command printed, also if it failed."""
        command = [sys.executable, "-m", "services.capacity", *words]
        done = subprocess.run(command, env={**os.environ, **self.env}, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr


@pytest.fixture
def shell(database_of: Callable[[str], str]) -> Iterator[Shell]:
    env = {"CAPACITY_DATABASE_URL": database_of("capacity"), **SETTINGS}
    parts = assemble(env)
    parts.service.database.dispose()
    yield Shell(env)


def test_a_network_is_furnished_from_the_command_line(shell: Shell) -> None:
    cantine = "add-cantine --slug lyon --name Lyon --city Lyon --address A --phone +33639980001 --email a@example.org"
    assert "is a cantine" in shell.run(*cantine.split())
    assert "no time zone" in shell.run(*cantine.split(), "--zone", "Europe/Nowhere")
    person = "add-coordinator --email Camille@example.org --name Camille --cantine"
    assert "no such cantine" in shell.run(*person.split(), "nowhere")
    assert "can sign in" in shell.run(*person.split(), "lyon")
    parts = assemble(shell.env)
    with parts.service.read() as conn:
        assert [one.email for one in staff_store.all_staff(conn)] == ["camille@example.org"]
    parts.service.database.dispose()


CANTINE = {
    "--slug": "lyon-vaise",
    "--name": "Vaise",
    "--city": "Lyon",
    "--address": "14 rue des Trois-Marmites",
    "--phone": "06 39 98 00 11",
    "--email": "vaise@example.org",
}


@pytest.fixture
def parts(database_of: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Assembly]:
    """Capacity, which commands in this process find."""
    monkeypatch.setattr("shared.cli.configure_logs", lambda **_: None)
    parts = assemble({"CAPACITY_DATABASE_URL": database_of("capacity"), **SETTINGS})
    monkeypatch.setattr(commands, "assemble", lambda: parts)
    yield parts
    parts.service.database.dispose()


def typed(command: str, options: dict[str, str]) -> tuple[int, str]:
    """The exit code and what was printed."""
    words = [command, *(word for option in options.items() for word in option)]
    answer = CliRunner().invoke(commands.cli, words, catch_exceptions=False)
    return answer.exit_code, answer.output


@pytest.mark.parametrize(
    ("option", "wrong", "sentence"),
    [
        ("--slug", "Lyon Vaise", "The slug must be lower-case letters, digits and hyphens, such as lyon-vaise."),
        ("--slug", "lyon-", "The slug must be lower-case letters, digits and hyphens, such as lyon-vaise."),
        ("--phone", "12", "The phone must be a telephone number, such as 06 39 98 00 11 or +33639980011."),
        ("--phone", "bad", "The phone must be a telephone number, such as 06 39 98 00 11 or +33639980011."),
        ("--email", "bad", "The e-mail must be an address such as vaise@example.org."),
    ],
)
def test_what_is_wrong_with_a_cantine_is_one_sentence(parts: Assembly, option: str, wrong: str, sentence: str) -> None:
    assert typed("add-cantine", {**CANTINE, option: wrong}) == (1, f"Error: {sentence}\n")
    with parts.service.read() as conn:
        assert not cantine_store.some(conn, ["lyon-vaise", wrong])


def test_a_cantine_s_phone_is_kept_in_one_way_of_writing(parts: Assembly) -> None:
    assert typed("add-cantine", CANTINE)[0] == 0
    with parts.service.read() as conn:
        assert cantine_store.some(conn, ["lyon-vaise"])["lyon-vaise"].phone == "+33639980011"


@pytest.mark.usefixtures("parts")
def test_a_coordinator_needs_an_address() -> None:
    answer = typed("add-coordinator", {"--email": "bad", "--name": "Camille", "--cantine": "lyon-vaise"})
    assert answer == (1, "Error: The e-mail must be an address such as vaise@example.org.\n")


def test_the_demo_is_seeded_once(shell: Shell) -> None:
    assert "sittings opened" in shell.run("seed-demo")
    assert "capacity: 0 sittings opened." in shell.run("seed-demo")
