"""Whether an API does what its description says, whatever a program sends: asked by Schemathesis, as many times as the
suite has time for, and always the same.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi import checks

TIMES = 12  # for each endpoint and way of asking
BEYOND = [
    checks.positive_data_acceptance,  # a booking needs a meal that is there, and a way to answer: no schema says it all
    checks.missing_required_header,
    checks.unsupported_method,  # a 405 is the server's, before any endpoint
    checks.ignored_auth,  # told by tests of its own
]
bounded = settings(
    max_examples=TIMES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def check_as_described(
    app: Flask, description: str, known: Mapping[str, object], body: Mapping[str, Any], **headers: str
) -> dict[str, set[int]]:
    """Ask every endpoint for what it understands and for what it does not, and check each answer: no crash, and nothing
    that the description at `description` does not tell. Half of the addresses have these `known` parts, half of the
    bodies that are understood these fields. Gives the statuses that were answered, by endpoint.
    """
    answered: dict[str, set[int]] = defaultdict(set)

    def ask(label: str, case: Case[Any], there: bool, whole: bool) -> None:
        if there:
            case.path_parameters = {name: known.get(name, value) for name, value in case.path_parameters.items()}
        if whole and case.meta and case.meta.generation.mode is GenerationMode.POSITIVE and isinstance(case.body, dict):
            case.body = {**case.body, **body}
        response = case.call(headers=headers)
        case.validate_response(response, excluded_checks=BEYOND)
        answered[label].add(response.status_code)

    for label, asking in _ways(schemathesis.openapi.from_wsgi(description, app)):
        bounded(given(st.just(label), asking, st.booleans(), st.booleans())(ask))()
    return answered


def _ways(schema: Any) -> Iterator[tuple[str, st.SearchStrategy[Case[Any]]]]:
    for found in schema.get_all_operations():
        operation = found.ok()
        yield operation.label, operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        if operation.body or operation.query:  # any text may be a part of an address: none is wrong
            yield operation.label, operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
