"""What docker-compose.yml promises, looked at in the running containers."""

from deploy.verify_containers.say import check, say
from deploy.verify_containers.stack import Stack
from shared.contracts.routes import SERVICES

OURS = tuple(f"{service}-" for service in SERVICES)


def look_at_containers(stack: Stack) -> None:
    """Each is locked up as it should be, and holds no secret in its environment."""
    secrets = {file.read_text().strip() for file in (stack.clone / "secrets").iterdir() if file.stat().st_size < 500}
    found = stack.containers()
    for service, container in found.items():
        what = stack.inspect(container)
        host, user = what["HostConfig"], what["Config"]["User"]
        check(user.split(":")[0] not in {"", "0", "root"}, f"{service} runs as {user or 'root'}")
        check(host["ReadonlyRootfs"], f"{service} could write to its root")
        check(host["CapDrop"] == ["ALL"] and not host["CapAdd"], f"{service} has capabilities")
        check(host["Memory"] > 0, f"{service} has no limit of memory")
        check(host["LogConfig"]["Config"].get("max-size"), f"{service} may log without end")
        environment = "\n".join(what["Config"]["Env"] or [])
        check(not any(secret in environment for secret in secrets), f"{service} shows a secret in its environment")
    status = stack.ask("exec", found["booking-web"], "grep", "CapEff", "/proc/self/status").split()[1]
    check(int(status, 16) == 0, f"booking-web has effective capabilities {status}")
    say(f"{len(found)} containers: none runs as root, has capabilities, can write to its root, or lacks limits")


def look_at_images(stack: Stack) -> None:
    """Each image holds its service, and cannot import a sibling."""
    for service in SERVICES:
        image = f"tablee-{service}:local"
        for other in SERVICES:
            trial = f"import importlib.util as u; print(bool(u.find_spec('services.{other}')))"
            told = stack.ask("run", "--rm", "--network=none", "--entrypoint=python", image, "-c", trial).strip()
            check(told == str(other == service), f"{image} can import {other}: {told}")
        size = int(stack.ask("image", "inspect", "--format", "{{.Size}}", image)) / 1e6
        own = sum(_layers(stack, image)) / 1e6
        say(f"{image}: {size:.0f} MB, of which {own:.0f} MB are ours; it cannot import its siblings")


def look_at_networks(stack: Stack) -> None:
    """Only the sender and nginx have a network that leads out."""
    for service, container in stack.containers().items():
        if service.startswith(OURS) and service != "notifications-sender":
            networks = set(stack.inspect(container)["NetworkSettings"]["Networks"])
            check(all(name.endswith("_inside") for name in networks), f"{service} has a way out: {networks}")


def _layers(stack: Stack, image: str) -> list[int]:
    """The sizes of the layers above the base image."""
    listed = stack.ask("history", "--human=false", "--format", "{{.Size}}", image).split()
    return [int(size) for size in listed][:-1]
