"""The description of the API (OpenAPI 3.1), made of its operations and of the models that they take and give."""

import re
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, TypeAdapter

from portal.api.call import NAMED
from portal.api.operations import ROOT, Operation
from portal.api.problems import MEDIA
from portal.api.shapes import ProblemDetails, SignatureWanted
from portal.guard.places import NAME, PLACES

VERSION = "1.0"
REF = "#/components/schemas/{model}"
ABOUT = (
    "What people do and read here, for their programs. Each request is made for one person, by a session's token; each "
    "act is signed by a key of theirs, as on every other way. Whatever is refused or hidden there is refused or hidden "
    "here. A request that comes to nothing is answered with a problem (RFC 9457): a stable `code`, and a sentence in "
    "`detail`, in English, or in Chinese where `Accept-Language` prefers it."
)
SAID = {
    200: "As asked for",
    201: "Recorded, or stored, or begun",
    202: "Taken and not decided yet; the receipt will be at the address in Location",
    204: "Done",
    400: "The address, or the Idempotency-Key, does not fit",
    401: "No token of a session that has not ended",
    403: "The signature does not count",
    404: "There is nothing, or it does not show to this person",
    409: "Refused, by the core's code and sentence",
    410: "Erased, as the law asks for",
    408: "A body that did not come in time",
    413: "Too large",
    415: "A body of another type",
    422: "A body that does not fit",
    428: "A signature is wanted; to_sign says of what and by whom",
    429: "Too many attempts or acts, or contents that are still being stored: wait as long as `Retry-After` "
    "says, if it is there, and send the same request again",
}
LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "description": "The language of sentences: `en`, or `zh`.",
    "schema": {"type": "string"},
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "The act's command id: of the person's own choice, new for each act, kept when it is sent again.",
    "schema": {"type": "string", "pattern": f"^{NAMED.pattern}$"},
}


def describe(operations: Sequence[Operation]) -> dict[str, Any]:
    """Return the description, as JSON values."""
    models: dict[Any, TypeAdapter[Any]] = {model: TypeAdapter(model) for model in _models(operations)}
    keyed = [(str(index), "validation", adapter) for index, adapter in enumerate(models.values())]
    made, defined = TypeAdapter.json_schemas(keyed, ref_template=REF)  # type: ignore[arg-type]
    schemas = {model: made[(str(index), "validation")] for index, model in enumerate(models)}
    _require_tags([made, defined], defined["$defs"])
    paths: dict[str, Any] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _describe(operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "center-selection", "version": VERSION, "description": ABOUT},
        "servers": [{"url": ROOT}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": dict(sorted(defined.get("$defs", {}).items())),
        },
    }


def _require_tags(part: Any, defined: dict[str, Any]) -> None:
    """Say of each model that is one of several that it must hold the word by which it is told from the others."""
    for item in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _require_tags(item, defined)
    if isinstance(part, dict) and isinstance(part.get("discriminator"), dict):
        tag = part["discriminator"]
        for ref in tag["mapping"].values():
            required = defined[ref.rpartition("/")[2]].setdefault("required", [])
            if tag["propertyName"] not in required:
                required.insert(0, tag["propertyName"])


def _models(operations: Sequence[Operation]) -> Iterator[Any]:
    yield ProblemDetails
    for operation in operations:
        if operation.takes is not None and not isinstance(operation.takes, tuple):
            yield operation.takes
        yield from (given for given in operation.gives.values() if given and not isinstance(given, tuple))


def _describe(operation: Operation, schemas: dict[Any, Any]) -> dict[str, Any]:
    description: dict[str, Any] = {
        "operationId": f"{operation.method.lower()}{re.sub(r'[^a-z]+', '-', operation.path)}".rstrip("-"),
        "summary": operation.summary,
        "tags": [operation.area],
        "parameters": [*_list_parameters(operation), LANGUAGE],
    }
    if operation.public:
        description["security"] = []
    if operation.takes is not None:
        description["requestBody"] = {"required": True, "content": _describe_body(operation.takes, schemas)}
    problem = {MEDIA: {"schema": schemas[ProblemDetails]}}
    answers = {
        status: _describe_answer(status, given, schemas, named=operation.named)
        for status, given in operation.gives.items()
    }
    refused = (
        *operation.problems,
        *(() if operation.public else (401,)),
        *((408,) if operation.takes else ()),
    )
    answers |= {status: {"description": SAID[status], "content": problem} for status in refused}
    description["responses"] = {str(status): answers[status] for status in sorted(answers)}
    description["responses"]["default"] = {"description": "Nothing came of it", "content": problem}
    return description


def _list_parameters(operation: Operation) -> Iterator[dict[str, Any]]:
    for name in re.findall(r"{(\w+)}", operation.path):
        pattern = NAME.pattern if name in PLACES else NAMED.pattern
        schema = {"type": "string", "pattern": f"^{pattern}$"}
        yield {"name": name, "in": "path", "required": True, "schema": schema}
    if operation.query is not None:
        yield from _list_questions(operation.query)
    if operation.named:
        yield KEY


def _list_questions(model: type[BaseModel]) -> Iterator[dict[str, Any]]:
    described = model.model_json_schema()
    for name, schema in described["properties"].items():
        kept = {key: value for key, value in schema.items() if key != "title"}
        yield {"name": name, "in": "query", "required": name in described.get("required", ()), "schema": kept}


def _describe_body(takes: Any, schemas: dict[Any, Any]) -> dict[str, Any]:
    if isinstance(takes, tuple):
        return {media: {"schema": {}} for media in takes}
    return {"application/json": {"schema": schemas[takes]}}


def _describe_answer(status: int, given: Any, schemas: dict[Any, Any], *, named: bool) -> dict[str, Any]:
    again = "; sent again, the same answer" if named and status == HTTPStatus.CREATED else ""
    answer: dict[str, Any] = {"description": SAID[status] + again}
    if isinstance(given, tuple):
        answer["content"] = {media: {"schema": {"type": "string"}} for media in given}
    elif given is not None:
        media = MEDIA if given is SignatureWanted else "application/json"
        answer["content"] = {media: {"schema": schemas[given]}}
    if named and status in (HTTPStatus.CREATED, HTTPStatus.ACCEPTED):
        answer["headers"] = {"Location": {"schema": {"type": "string"}, "description": "The act's receipt."}}
    return answer
