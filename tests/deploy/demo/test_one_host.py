"""The first part of the path chooses the service."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from werkzeug.test import Client

from deploy.demo.one_host import OneHost, Wsgi


def named(name: str) -> Wsgi:
    def service(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [f"{name} {environ['SCRIPT_NAME']}{environ['PATH_INFO']}".encode()]

    return service


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/", "booking"),
        ("/coordination", "capacity"),
        ("/coordination/sittings/7", "capacity"),
        ("/messages/mailbox", "notifications"),
        ("/coordinations", "booking"),
        ("/b/messages", "booking"),
        ("/b/coordination/", "booking"),
    ],
)
def test_each_service_has_its_part_of_the_address(path: str, service: str) -> None:
    host = OneHost(named("booking"), {"coordination": named("capacity"), "messages": named("notifications")})
    assert Client(host).get(path).text == f"{service} {path}"
