"""docs/configure.md is what .env.example says; that this is what the code reads, test_settings holds."""

import importlib.util
import re
from types import ModuleType

from tests.architecture.test_settings import EXAMPLE, ROOT, listed


def test_the_page_is_of_today() -> None:
    written = (ROOT / "docs/configure.md").read_text()
    assert written == load().page(EXAMPLE), "run: .venv/bin/python docs/configure.py"


def test_every_setting_stands_there_once_and_no_other_does() -> None:
    named = re.findall(r"^\| `([A-Z0-9_]+)` \|", (ROOT / "docs/configure.md").read_text(), re.MULTILINE)
    assert sorted(named) == sorted(listed(also_optional=True))


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("configure", ROOT / "docs/configure.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
