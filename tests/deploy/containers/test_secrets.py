"""Secrets are made once, and belong to nobody else."""

import json
from pathlib import Path

import pytest

from deploy.make_secrets import main
from services.booking.bootstrap import assemble
from shared.contracts.routes import SERVICES


def make(folder: Path, *more: str) -> dict[str, str]:
    main([*more, "--folder", str(folder / "secrets"), "--env", str(folder / ".env")])
    return {file.name: file.read_text().strip() for file in (folder / "secrets").iterdir()}


def test_nobody_else_enters_the_folder(tmp_path: Path) -> None:
    make(tmp_path, "--demo")
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700


def test_made_again_they_are_the_same(tmp_path: Path) -> None:
    before = make(tmp_path, "--demo")
    after = make(tmp_path)
    assert {name: value for name, value in before.items() if "definitions" not in name} == {
        name: value for name, value in after.items() if "definitions" not in name
    }


def test_one_that_is_deleted_is_renewed_wherever_it_stands(tmp_path: Path) -> None:
    before = make(tmp_path, "--demo")
    (tmp_path / "secrets/booking_database_password").unlink()
    after = make(tmp_path)
    assert after["booking_database_password"] != before["booking_database_password"]
    assert after["booking_database_password"] in after["booking_database_url"]
    assert after["capacity_database_url"] == before["capacity_database_url"]


def test_all_of_them_differ(tmp_path: Path) -> None:
    made = make(tmp_path, "--demo")
    passwords = [value for name, value in made.items() if name.endswith(("password", "keys", "secret"))]
    assert len(set(passwords)) == len(passwords) >= 2 * len(SERVICES) + 3
    assert all(len(value) >= 32 for value in passwords)


def test_the_broker_knows_each_service(tmp_path: Path) -> None:
    users = json.loads(make(tmp_path, "--demo")["rabbitmq_definitions"])["users"]
    assert [one["name"] for one in users] == list(SERVICES)
    assert all(one["tags"] == "" for one in users)


def test_how_letters_leave_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        make(tmp_path)
    assert make(tmp_path, "--smtp-url", "smtp://a:b@mail.example:587")["smtp_url"] == "smtp://a:b@mail.example:587"


def test_what_the_operator_filled_in_stays(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PUBLIC_URL=https://ours.example\n")
    make(tmp_path, "--demo")
    assert (tmp_path / ".env").read_text() == "PUBLIC_URL=https://ours.example\n"


def test_a_service_starts_with_them(tmp_path: Path) -> None:
    make(tmp_path, "--demo")
    names = {
        "BOOKING_DATABASE_URL": "booking_database_url",
        "BROKER_URL": "booking_broker_url",
        "SECRET_KEYS": "secret_keys",
    }
    settings = assemble({f"{name}_FILE": str(tmp_path / "secrets" / file) for name, file in names.items()}).settings
    assert settings.database_url.endswith("@postgres:5432/booking")
