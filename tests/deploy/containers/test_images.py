"""What lies in the image of each service, as the Dockerfile says: `shared`, that service, nothing of its siblings."""

import ast
import re
from pathlib import Path

import pytest

from shared.contracts.routes import SERVICES
from tests.deploy.containers.compose import CONTAINERS, ROOT

DOCKERFILE = (ROOT / "deploy/docker/Dockerfile").read_text()


def stage(name: str) -> list[str]:
    """The instructions of one stage, continued lines joined."""
    lines = DOCKERFILE.replace("\\\n", " ").splitlines()
    begin = next(number for number, line in enumerate(lines) if re.match(rf"FROM \S+ AS {name}$", line))
    end = next((number for number, line in enumerate(lines) if number > begin and line.startswith("FROM ")), len(lines))
    return lines[begin:end]


def copied(service: str) -> set[Path]:
    """The files that are copied from this repository, by where they come from."""
    found: set[Path] = set()
    for line in stage("service"):
        if line.startswith("COPY") and "--from=" not in line:
            source, target = line.removeprefix("COPY ").replace("${SERVICE}", service).split()
            assert target == f"/app/{source}", line
            place = ROOT / source
            found |= {file for file in ([place] if place.is_file() else place.rglob("*")) if file.is_file()}
    return found


@pytest.mark.parametrize("service", SERVICES)
def test_an_image_holds_its_service_and_what_is_shared(service: str) -> None:
    rooms = {file.relative_to(ROOT).parts[:2] for file in copied(service) if file.parent != ROOT / "shared"}
    assert {two for two in rooms if two[0] == "services"} == {("services", "__init__.py"), ("services", service)}
    assert {two[0] for two in rooms} == {"services", "shared"}


@pytest.mark.parametrize("service", SERVICES)
def test_an_image_lacks_nothing_that_it_imports(service: str) -> None:
    files = copied(service)
    for file in files:
        if file.suffix == ".py":
            for name in imported(file):
                place = ROOT.joinpath(*name.split("."))
                assert {place.with_suffix(".py"), place / "__init__.py"} & files, f"{file} imports {name}"


def imported(file: Path) -> set[str]:
    """The modules of ours that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.split(".")[0] in {"services", "shared", "deploy", "tests"}}


def test_nothing_runs_as_root_in_them() -> None:
    for name in ("service", "catcher"):
        assert "USER 10001:10001" in stage(name)


def test_what_is_installed_has_the_hash_of_the_lock() -> None:
    assert "--require-hashes -r /tmp/requirements.lock" in " ".join(stage("builder"))


def test_each_service_runs_its_own_image() -> None:
    for name, one in CONTAINERS.items():
        service = name.split("-")[0]
        if service in SERVICES:
            assert one["image"] == f"tablee-{service}:${{TABLEE_VERSION:-local}}"
            assert one["command"][0] == f"services.{service}"
        if "build" in one and one["build"]["target"] == "service":
            assert one["build"]["args"]["SERVICE"] == service
