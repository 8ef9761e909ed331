#!/usr/bin/env python3
"""Make what `docker compose up` needs and nobody may guess: a folder of secrets, and `.env` with what is no secret.

    python3 deploy/make_secrets.py --smtp-url 'smtp://user:password@smtp.example:587'
    python3 deploy/make_secrets.py --demo        # letters go to the catcher of the `demo` profile

It needs Python alone. What is there already is kept, so it may be run again, after an update too: only what is missing
is made. To renew a password, delete its file (`booking_database_password`, or `booking_broker_password`), run it, and
start anew. Keep a copy of `secret_keys`: without it, no link in any letter is good any more.
"""

import argparse
import base64
import hashlib
import json
import secrets
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
SERVICES = ("booking", "capacity", "notifications")
CATCHER = "smtp://mail:1025?tls=none"


def rabbitmq_hash(password: str, salt: bytes) -> str:
    """A password as RabbitMQ's definitions hold it (rabbit_password_hashing_sha256)."""
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def definitions(template: str, passwords: dict[str, str]) -> str:
    """The definitions with their users."""
    told = json.loads(template)
    told["users"] = [
        {
            "name": name,
            "password_hash": rabbitmq_hash(password, secrets.token_bytes(4)),
            "hashing_algorithm": "rabbit_password_hashing_sha256",
            "tags": "",
        }
        for name, password in passwords.items()
    ]
    return json.dumps(told, indent=2)


class Folder:
    """Where the secrets lie: nobody else may enter it. The files in it can be read, because the users of the containers
    have other numbers than yours, and each container is given its own alone.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)

    def keep(self, name: str, value: str) -> str:
        """What the file says, which is the value if there was none."""
        file = self.path / name
        if not file.exists():
            file.write_text(f"{value}\n")
            file.chmod(0o644)
        return file.read_text().strip()

    def replace(self, name: str, value: str) -> None:
        """Write the file anew."""
        (self.path / name).unlink(missing_ok=True)
        self.keep(name, value)


def make(folder: Folder, smtp_url: str | None) -> None:
    """Make what is missing."""
    folder.keep("postgres_password", secrets.token_urlsafe(32))
    folder.keep("secret_keys", secrets.token_urlsafe(48))
    folder.keep("hooks_secret", secrets.token_urlsafe(32).replace("-", "a").replace("_", "b"))
    if smtp_url:
        folder.replace("smtp_url", smtp_url)
    brokers = {}
    for name in SERVICES:
        password = folder.keep(f"{name}_database_password", secrets.token_urlsafe(32))
        folder.replace(f"{name}_database_url", f"postgresql://{name}:{password}@postgres:5432/{name}")
        brokers[name] = folder.keep(f"{name}_broker_password", secrets.token_urlsafe(32))
        folder.replace(f"{name}_broker_url", f"amqp://{name}:{brokers[name]}@rabbitmq:5672/tablee")
    folder.replace("rabbitmq_definitions", definitions((HERE / "rabbitmq/definitions.json").read_text(), brokers))


def main(arguments: list[str] | None = None) -> None:
    """Make all that is missing, and say where it lies."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--smtp-url", help="how letters leave: smtp://user:password@host:587?tls=starttls")
    parser.add_argument("--demo", action="store_true", help="letters go to the catcher of the demo profile")
    parser.add_argument("--folder", type=Path, default=HERE.parent / "secrets")
    parser.add_argument("--env", type=Path, default=HERE.parent / ".env", help="what is no secret")
    told = parser.parse_args(arguments)
    folder = Folder(told.folder)
    smtp_url = CATCHER if told.demo else told.smtp_url
    if not smtp_url and not (folder.path / "smtp_url").exists():
        parser.error("say how letters leave, with --smtp-url; or --demo, to catch them")
    make(folder, smtp_url)
    if not told.env.exists():
        shutil.copy(HERE / "docker/env.example", told.env)
    sys.stdout.write(f"Secrets: {folder.path}. What is no secret: {told.env}; please read and fill it in.\n")


if __name__ == "__main__":
    main()
