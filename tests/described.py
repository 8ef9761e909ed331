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
]  # and of a GET, that it refuses what it does not know: a word too many in a query is left aside, as everywhere
bounded = settings(
    max_examples=TIMES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
once = settings(bounded, max_examples=1)


def check_as_described(
    app: Flask, description: str, known: Mapping[str, object], body: Mapping[str, Any], **headers: str
) -> dict[str, set[int]]:
    """Ask every endpoint for what it understands and for what it does not, and check each answer: no crash, and nothing
    that the description at `description` does not tell. Half of the addresses have these `known` parts, half of the
    bodies that are understood these fields; and once they have nothing else, for what is drawn beside them may not go
    with them. Gives the statuses that were answered, by endpoint.
    """
    answered: dict[str, set[int]] = defaultdict(set)

    def ask(label: str, case: Case[Any], there: bool, whole: bool) -> None:
        if there:
            put_known_parts(case)
        if whole and has_fields(case):
            drawn: Any = case.body
            case.body = {**drawn, **body}
        check(label, case)

    def ask_for_what_is_known(label: str, case: Case[Any]) -> None:
        put_known_parts(case)
        if has_fields(case):
            case.body = dict(body)
        check(label, case)

    def put_known_parts(case: Case[Any]) -> None:
        case.path_parameters = {name: known.get(name, value) for name, value in case.path_parameters.items()}

    def has_fields(case: Case[Any]) -> bool:
        understood = bool(case.meta and case.meta.generation.mode is GenerationMode.POSITIVE)
        return understood and isinstance(case.body, dict)

    def check(label: str, case: Case[Any]) -> None:
        response = case.call(headers=headers)
        beyond = [*BEYOND, checks.negative_data_rejection] if case.method == "GET" else BEYOND
        case.validate_response(response, excluded_checks=beyond)
        answered[label].add(response.status_code)

    for label, asking in _ways(schemathesis.openapi.from_wsgi(description, app)):
        bounded(given(st.just(label), asking, st.booleans(), st.booleans())(ask))()
        once(given(st.just(label), asking)(ask_for_what_is_known))()
    return answered


def _ways(schema: Any) -> Iterator[tuple[str, st.SearchStrategy[Case[Any]]]]:
    for found in schema.get_all_operations():
        operation = found.ok()
        yield operation.label, operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        if operation.body or operation.query:  # any text may be a part of an address: none is wrong
            yield operation.label, operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
