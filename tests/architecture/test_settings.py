"""`.env.example` lists what is read from the environment: all of it, and nothing else."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from shared.contracts.routes import SERVICES
from shared.settings import WrongSetting

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / ".env.example").read_text()
READERS = {"required", "database_url", "whole_number", "one_of"}  # they take the environment, then the name


def listed(*, also_optional: bool) -> dict[str, str]:
    """Names and values in the example; the optional ones stand behind a `#`."""
    found = re.findall(rf'^{"#?" if also_optional else ""}([A-Z][A-Z0-9_]*)="?(.*?)"?$', EXAMPLE, re.MULTILINE)
    return dict(found)


def read_in(file: Path) -> Iterator[str]:
    """The names that a source file reads from the environment."""
    for node in ast.walk(ast.parse(file.read_text())):
        for name in names_read_by(node):
            if isinstance(name, ast.Constant):
                yield str(name.value)
            elif isinstance(name, ast.JoinedStr):  # f"{service.upper()}_…": one for each service
                ending = "".join(str(part.value) for part in name.values if isinstance(part, ast.Constant))
                yield from (service.upper() + ending for service in SERVICES)
            else:
                assert isinstance(name, ast.Name) and name.id == "name", f"{file}: which setting is read here?"


def names_read_by(node: ast.AST) -> list[ast.expr]:
    """Where a piece of source reads from the environment: what it calls the setting."""
    if isinstance(node, ast.Subscript):
        return [node.slice] if is_environment(node.value) else []
    if not isinstance(node, ast.Call):
        return []
    if isinstance(node.func, ast.Attribute):
        gets = node.func.attr == "getenv" or (node.func.attr == "get" and is_environment(node.func.value))
        return node.args[:1] if gets else []
    return node.args[1:2] if isinstance(node.func, ast.Name) and node.func.id in READERS else []


def is_environment(node: ast.expr) -> bool:
    """`env`, as settings call it, or `os.environ` (but not the `environ` of a request)."""
    return (isinstance(node, ast.Name) and node.id == "env") or (
        isinstance(node, ast.Attribute) and node.attr == "environ"
    )


def test_the_example_lists_what_is_read_and_nothing_else() -> None:
    files = [file for room in ("shared", "services", "deploy") for file in (ROOT / room).rglob("*.py")]
    assert {name for file in files for name in read_in(file)} == set(listed(also_optional=True))


def test_every_setting_is_explained() -> None:
    for paragraph in EXAMPLE.split("\n\n"):
        if re.search(r"^#?[A-Z][A-Z0-9_]*=", paragraph, re.MULTILINE):
            assert paragraph.startswith("# "), paragraph


@pytest.mark.parametrize("also_optional", [False, True])
@pytest.mark.parametrize("name", SERVICES)
def test_who_fills_in_the_example_can_start(name: str, also_optional: bool) -> None:
    env = listed(also_optional=also_optional) | {"SECRET_KEYS": "a-key-for-tests-only-of-enough-characters"}
    settings = import_module(f"services.{name}.settings").Settings.from_env(env)
    assert not settings.demo
    assert settings.network_name == "Les Tablées"


@pytest.mark.parametrize("name", SERVICES)
def test_the_example_gives_away_no_key(name: str) -> None:
    with pytest.raises(WrongSetting, match="SECRET_KEYS is not set"):
        import_module(f"services.{name}.settings").Settings.from_env(listed(also_optional=True))
