"""What docker-compose.yml promises of each container."""

import re
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.routes import SERVICES
from shared.settings import SECRETS
from tests.deploy.containers.compose import CONTAINERS, DEMO, FILE, JOBS, ROOT, STAY, TEXT

each = pytest.mark.parametrize("name", CONTAINERS)


@each
def test_a_container_can_write_nowhere_but_where_it_must(name: str) -> None:
    one = CONTAINERS[name]
    assert one["read_only"] is True
    for volume in one.get("volumes", []):
        where = volume.split(":")[0]
        assert volume.endswith(":ro") or where in FILE["volumes"], volume


@each
def test_a_container_is_nobody_with_no_rights(name: str) -> None:
    one = CONTAINERS[name]
    number = str(one["user"]).split(":")[0]
    assert number.isdecimal() and int(number) > 0
    assert one["cap_drop"] == ["ALL"] and "cap_add" not in one and "privileged" not in one
    assert "no-new-privileges:true" in one["security_opt"]


@each
def test_what_a_container_takes_is_bounded(name: str) -> None:
    one = CONTAINERS[name]
    assert re.fullmatch(r"[1-9][0-9]*m", one["mem_limit"]) and one["pids_limit"]
    assert set(one["logging"]["options"]) == {"max-size", "max-file"}


@pytest.mark.parametrize("name", sorted(STAY))
def test_what_stays_is_looked_after(name: str) -> None:
    assert CONTAINERS[name]["healthcheck"]["test"][0] == "CMD"
    assert CONTAINERS[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("service", SERVICES)
def test_everything_starts_in_order(service: str) -> None:
    migrate = f"{service}-migrate"
    assert CONTAINERS["roles"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert CONTAINERS[migrate]["depends_on"] == {"roles": {"condition": "service_completed_successfully"}}
    for name in STAY:
        if name.startswith(f"{service}-"):
            waits = CONTAINERS[name]["depends_on"]
            assert waits[migrate] == {"condition": "service_completed_successfully"}
            assert waits["rabbitmq"] == {"condition": "service_healthy"}


@pytest.mark.parametrize("service", SERVICES)
def test_every_process_of_a_service_runs_once(service: str) -> None:
    runs = sorted(one["command"][1] for name, one in CONTAINERS.items() if name.startswith(f"{service}-"))
    extra = ["sender"] if service == "notifications" else []
    assert runs == sorted(["migrate", "web", "worker", "relay", *extra])


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_given_its_own_secrets_alone(service: str) -> None:
    for name, one in CONTAINERS.items():
        if name.startswith(f"{service}-"):
            others = [secret for secret in one["secrets"] for other in SERVICES if other != service and other in secret]
            assert others == []
            assert "postgres_password" not in one["secrets"]


@each
def test_a_setting_that_is_a_secret_is_a_file_that_is_given(name: str) -> None:
    for setting, value in environment(name).items():
        assert setting not in SECRETS, f"{setting} of {name} stands in the environment"
        if setting.endswith("_FILE"):
            assert value.removeprefix("/run/secrets/") in CONTAINERS[name]["secrets"]


def test_no_password_stands_in_the_file() -> None:
    assert not re.search(r"://[^/\s]+:[^/\s]+@", TEXT)
    for name in CONTAINERS:
        for setting, value in environment(name).items():
            assert not re.search("PASSWORD|SECRET|KEY|TOKEN", setting) or setting.endswith("_FILE"), (setting, value)
    for secret, told in FILE["secrets"].items():
        assert told == {"file": f"${{SECRETS_FOLDER:-./secrets}}/{secret}"}


def test_only_nginx_is_reached_from_outside() -> None:
    for one in CONTAINERS.values():  # LISTEN opens nginx, and nothing else
        assert all(port.startswith(("127.0.0.1:", "${LISTEN:-127.0.0.1}:")) for port in one.get("ports", []))
    assert {name for name, one in CONTAINERS.items() if "ports" in one} - DEMO == {"nginx"}


def test_only_letters_leave() -> None:
    assert FILE["networks"]["inside"] == {"internal": True}
    assert {name for name, one in CONTAINERS.items() if "world" in one["networks"]} - DEMO == {
        "nginx",
        "notifications-sender",
    }


def test_jobs_and_the_demo_are_what_they_are() -> None:
    assert {"roles", "network", *(f"{service}-migrate" for service in SERVICES)} == JOBS
    assert {"mail", "network"} == DEMO


def test_it_suits_compose_1_29() -> None:
    assert "name" not in FILE and "start_interval" not in TEXT
    for one in CONTAINERS.values():
        assert all(isinstance(file, str) for file in one.get("env_file", []))


def test_the_engine_is_sent_neither_secrets_nor_data() -> None:
    lines = (ROOT / ".dockerignore").read_text().split()
    assert "*" in lines
    assert {line for line in lines if line.startswith("!")} == {
        "!shared",
        "!services",
        "!deploy/docker",
        "!requirements.lock",
    }


def test_every_file_that_is_mounted_is_there() -> None:
    for one in CONTAINERS.values():
        for volume in one.get("volumes", []):
            where = volume.split(":")[0]
            assert not where.startswith("./") or (ROOT / where).exists(), where


def test_the_secrets_that_it_names_are_made(tmp_path: Path) -> None:
    from deploy.make_secrets import main

    main(["--demo", "--folder", str(tmp_path / "secrets"), "--env", str(tmp_path / "env")])
    assert set(FILE["secrets"]) <= {file.name for file in (tmp_path / "secrets").iterdir()}


def environment(name: str) -> dict[str, Any]:
    found = CONTAINERS[name].get("environment", {})
    assert isinstance(found, dict)
    return found
