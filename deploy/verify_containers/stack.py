"""The compose file, as an operator starts it from a clean clone."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from deploy.verify_containers.stand_ins import BUILDER

PROJECT = "verify"


def clean_clone(root: Path, where: Path) -> None:
    """All that git knows, as it is now, elsewhere."""
    listed = subprocess.run(  # noqa: S603
        ["git", "-C", str(root), "ls-files", "-co", "--exclude-standard", "-z"],  # noqa: S607
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (root / name).is_file() and not (root / name).is_symlink():
            (where / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, where / name)


class Stack:
    """The containers of one compose file."""

    def __init__(self, clone: Path, host: str) -> None:
        self.clone = clone
        self.docker = ["docker", "-H", host]
        has_plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)  # noqa: S607
        self._compose = ["docker", "compose"] if has_plugin.returncode == 0 else ["docker-compose"]
        self._env = os.environ | {
            "DOCKER_HOST": host,
            "DOCKER_BUILDKIT": "0",
            "COMPOSE_DOCKER_CLI_BUILD": "0",
            "COMPOSE_PROJECT_NAME": PROJECT,
            "BUILDER_IMAGE": BUILDER,
        }

    def prepare(self) -> None:
        """Secrets, and what is no secret, as docs/install.md has it."""
        subprocess.run(
            [sys.executable, "deploy/make_secrets.py", "--demo"], cwd=self.clone, check=True, capture_output=True
        )
        self.configure(BOOKINGS_FROM_ONE_PLACE="0", BOOKINGS_WITH_ONE_CONTACT="0")  # all that is booked comes from here

    def configure(self, **settings: str) -> None:
        """Write settings into the operator's file; the last one of a name counts."""
        with (self.clone / ".env").open("a") as env:
            env.writelines(f"\n{name}={value}\n" for name, value in settings.items())

    def compose(self, *command: str, timeout: float = 900) -> str:
        """One command of Compose, with the demo profile."""
        return self._run([*self._compose, "--profile", "demo", *command], timeout)

    def ask(self, *command: str, timeout: float = 120) -> str:
        """One command of Docker."""
        return self._run([*self.docker, *command], timeout)

    def containers(self) -> dict[str, str]:
        """The containers that stay, by their service."""
        shape = '{{.Label "com.docker.compose.service"}} {{.Names}}'
        found = self.ask("ps", "--format", shape, "--filter", f"label=com.docker.compose.project={PROJECT}")
        return dict(sorted(line.split() for line in found.splitlines()))

    def inspect(self, container: str) -> dict[str, Any]:
        """All that Docker knows of a container."""
        found: list[dict[str, Any]] = json.loads(self.ask("inspect", container))
        return found[0]

    def health(self, container: str) -> str:
        """healthy, unhealthy, starting or none."""
        state = self.inspect(container)["State"]
        return str(state.get("Health", {}).get("Status", "none")) if state["Running"] else "ended"

    def _run(self, command: list[str], timeout: float) -> str:
        done = subprocess.run(  # noqa: S603 - commands of ours
            command, cwd=self.clone, env=self._env, capture_output=True, text=True, timeout=timeout, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
        return done.stdout
