"""Nothing that a guest or a provider writes is an address that we then call (SSRF): who calls whom is known."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
CALLS_OUT = {"urllib3", "requests", "httpx", "aiohttp", "http.client", "urllib.request", "smtplib", "ftplib"}
PROVIDERS = Path("services/notifications/providers")


def imported(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_only_providers_call_out() -> None:
    files = [file for room in ("services", "shared") for file in (ROOT / room).rglob("*.py")]
    callers = {file.relative_to(ROOT) for file in files if imported(file) & CALLS_OUT}
    assert callers and all(PROVIDERS in file.parents for file in callers), sorted(map(str, callers))


def test_providers_are_called_at_addresses_of_the_settings_and_follow_nobody() -> None:
    for file in (ROOT / PROVIDERS).glob("*.py"):
        text = file.read_text()
        assert "redirect=True" not in text
        for pool in re.findall(r"PoolManager\([^)]*\)", text):
            assert "retries=False" in pool, f"{file}: a redirect would be followed"


def test_only_the_sender_may_reach_the_world() -> None:
    """Should the code ever be wrong about it, the containers still are not: see tests/deploy/containers."""
    assert "only_letters_leave" in (ROOT / "tests/deploy/containers/test_compose.py").read_text()
