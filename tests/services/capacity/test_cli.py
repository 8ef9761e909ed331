"""The commands that only capacity has."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from services.capacity.bootstrap import assemble
from services.capacity.store import staff as staff_store
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
def shell(new_database: Callable[[str], str]) -> Iterator[Shell]:
    env = {"CAPACITY_DATABASE_URL": new_database("capacity"), **SETTINGS}
    parts = assemble(env)
    parts.migrate()
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


def test_the_demo_is_seeded_once(shell: Shell) -> None:
    assert "sittings opened" in shell.run("seed-demo")
    assert "capacity: 0 sittings opened." in shell.run("seed-demo")
