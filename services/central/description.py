"""The served OpenAPI description, told as it is: errors with their true bodies, and how one answer
leads to the next request (links)."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from services import wire

_REF = "#/components/schemas/Problem"
_OF_A_BODY = {"400": "The body cannot be read", "413": "The body is too large"}
_INVALID = "The request is not as described"
_STORAGE = "Nothing can be stored or read now; see Retry-After"
_WAITING = ("429", "503")
_RETRY_AFTER = {"description": "Seconds", "schema": {"type": "integer"}}
_LINKS: dict[tuple[str, str], dict[str, dict[str, Any]]] = {
    ("get", "/v1/clerk/cases"): {
        "/v1/clerk/cases/{number}": {"parameters": {"number": "$response.body#/cases/0/number"}}
    },
    ("get", wire.CATALOGUE_PATH): {
        wire.EDITION_PATH: {"parameters": {"number": "$response.body#/number"}},
        wire.CHANGES_PATH: {
            "parameters": {"number": "$response.body#/number", "before": "$response.body#/since/0"}
        },
    },
    ("post", wire.BILLS_PATH): {
        wire.PAYMENTS_PATH: {"requestBody": {"id": "$response.body#/id"}},
    },
}
"""Where an answer leads, by the beginning of the path there."""


class DescribedApp(FastAPI):
    """An application that describes itself so."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI description, made on first use."""
        if self.openapi_schema is None:
            schema = super().openapi()
            for operation in _operations(schema):
                _tell_problems(operation)
            for (method, path), leads in _LINKS.items():
                _link(schema, schema["paths"][path][method], leads)
            schemas = schema["components"]["schemas"]
            schemas["Problem"] = wire.Problem.model_json_schema()
            del schemas["HTTPValidationError"], schemas["ValidationError"]
        return self.openapi_schema or {}


def _operations(schema: dict[str, Any], beginning: str = "/") -> Iterator[dict[str, Any]]:
    for path, operations in schema["paths"].items():
        if path.startswith(beginning):
            yield from operations.values()


def _tell_problems(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    expected = {"503": _STORAGE} | (_OF_A_BODY if "requestBody" in operation else {})
    if "422" in responses:
        expected["422"] = _INVALID
    for status, words in expected.items():
        responses[status] = {"description": words}
    for status, response in responses.items():
        if status >= "400":
            response["content"] = {wire.PROBLEM: {"schema": {"$ref": _REF}}}
        if status in _WAITING:
            response["headers"] = {"Retry-After": _RETRY_AFTER}


def _link(
    schema: dict[str, Any], operation: dict[str, Any], leads: dict[str, dict[str, Any]]
) -> None:
    operation["responses"]["200"]["links"] = {
        target["operationId"]: {"operationId": target["operationId"], **lead}
        for beginning, lead in leads.items()
        for target in _operations(schema, beginning)
    }
