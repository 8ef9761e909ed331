"""docker-compose.yml, as Compose reads it."""

from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docker-compose.yml").read_text()
FILE: dict[str, Any] = yaml.safe_load(TEXT)
CONTAINERS: dict[str, dict[str, Any]] = FILE["services"]
JOBS = {name for name, one in CONTAINERS.items() if one["restart"] == "no"}
STAY = set(CONTAINERS) - JOBS
DEMO = {name for name, one in CONTAINERS.items() if one.get("profiles") == ["demo"]}
