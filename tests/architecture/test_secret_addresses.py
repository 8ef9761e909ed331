"""Addresses that are secrets stand in no log of nginx."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from shared.assembly import Assembly

SECRETS = ("<token>", "<secret>", "/messages/l/<code>")
TOLD = ("/", "/meals/1", "/cantines/lyon", "/table/1/guests", "/messages/letters/1", "/api/v1/sittings/1")


@pytest.mark.parametrize("file", ["deploy/nginx/common.conf", "docs/operate.md"])
def test_no_secret_address_is_logged(house: Mapping[str, Assembly], file: str) -> None:
    text = (Path(__file__).parents[2] / file).read_text()
    (left_out,) = re.findall(r"map \$uri \$told \{\s*~(\S+) 0;", text)
    rules = {rule.rule for part in house.values() for rule in part.make_web().url_map.iter_rules()}
    secret = {rule for rule in rules if any(one in rule for one in SECRETS)}
    assert {one for one in secret if not re.match(left_out, one)} == set()
    assert not any(re.match(left_out, one) for one in TOLD)
    (line,) = re.findall(r"log_format plain '([^']+)'", text)
    assert "$uri" in line and "$request " not in line and "$request_uri" not in line, "it tells what is looked at"
