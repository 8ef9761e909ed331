"""A folder with a copy of each database, and a list of what the copies hold."""

import hashlib
import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from deploy.backup.databases import CannotCopy, Counts, open_database

LIST = "copies.json"


def make_copies(urls: Mapping[str, str], folder: Path) -> dict[str, Counts]:
    """Copy each database into a new folder that nobody else may enter. Returns the rows of each, by table."""
    if folder.exists() and any(folder.iterdir()):
        raise CannotCopy(f"{folder} is not empty: each time a folder of its own.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    made = {}
    for service, url in urls.items():
        file = folder / f"{service}.copy"
        counts = open_database(url).copy(file)
        file.chmod(0o600)
        made[service] = {"file": file.name, "sha256": _digest(file), "rows": counts}
    told = {"made_at": datetime.now(UTC).isoformat(timespec="seconds"), "databases": made}
    with (folder / LIST).open("w") as listed:  # the last of all: a folder without it is not whole
        json.dump(told, listed, indent=2)
        listed.flush()
        os.fsync(listed.fileno())
    return {service: open_list(folder)[service] for service in urls}


def open_list(folder: Path) -> dict[str, Counts]:
    """What the copies of a folder hold, once each is found to be what it was. Raises CannotCopy."""
    try:
        told = json.loads((folder / LIST).read_text())["databases"]
    except (OSError, ValueError, KeyError) as error:
        raise CannotCopy(f"{folder} holds no whole set of copies: {LIST} is missing or damaged.") from error
    for service, one in told.items():
        file = folder / f"{service}.copy"
        if not file.exists() or _digest(file) != one["sha256"]:
            raise CannotCopy(f"{file} is not what it was when it was made.")
    return {service: one["rows"] for service, one in told.items()}


def put_back(urls: Mapping[str, str], folder: Path) -> dict[str, Counts]:
    """Fill the empty databases from the copies, and count. Raises CannotCopy if anything is missing or differs."""
    listed = open_list(folder)
    if missing := set(urls) - set(listed):
        raise CannotCopy(f"There is no copy of {', '.join(sorted(missing))} in {folder}.")
    found = {}
    for service, url in urls.items():
        database = open_database(url)
        database.put_back(folder / f"{service}.copy")
        found[service] = database.counts()
        if found[service] != listed[service]:
            raise CannotCopy(f"{service} has other rows than its copy: {found[service]} instead of {listed[service]}.")
    return found


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
