"""The description of the API: parameters, refusals and heads that every endpoint shares, said once."""

from typing import Any

from mainstay.core.api.problems import MEDIA_TYPE, Problem

VERSION_TAG = {"type": "string", "pattern": '^"[0-9]{1,9}"$', "examples": ['"3"']}
REFUSALS: dict[int, tuple[str, str, str]] = {
    400: ("Unreadable", "What was sent cannot be read.", "The body is not JSON."),
    401: (
        "NotSignedIn",
        "Nobody is signed in, or the key is unknown, revoked or run out.",
        "Sign in, or send a key.",
    ),
    403: ("NotAllowed", "The roles of the person or the scopes of the key do not allow it.", "Ask for a grant."),
    404: ("NotFound", "It does not exist, or is not open to the asker.", "There is nothing here."),
    409: ("NotPossible", "The state of things does not allow it now.", "There is no way from Proposed to Closed."),
    412: ("Changed", "Somebody changed it since; their changes are listed.", "This project was changed."),
    413: ("TooLarge", "The body is larger than the endpoint takes.", "The body is larger than this endpoint takes."),
    422: ("NotValid", "It can be read but not accepted; each field says why.", "A cost is not negative."),
    428: ("VersionMissing", "An edit needs If-Match.", "Say which version you changed."),
    503: ("Busy", "The database or the solver is busy; ask again in a moment.", "The database is busy or away."),
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": "The ETag of the version that was changed; `*` means whatever holds now.",
    "schema": {"anyOf": [VERSION_TAG, {"const": "*"}]},
    "examples": {"version": {"value": '"1"'}},
}
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of the version you hold; when it still holds, the answer is 304 without a body.",
    "schema": {"type": "string", "maxLength": 200, "pattern": "^[!-~]*$"},
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Your own name for this request. A repeated request with the same key within a day acts once.",
    "schema": {"type": "string", "maxLength": 100, "pattern": "^[!-~]*$"},
}
AS_OF = {
    "name": "as_of",
    "in": "query",
    "required": False,
    "description": "Tell things as they were known at the end of that day, or at that moment. Not in the future.",
    "schema": {
        "type": "string",
        "pattern": "^((19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?"
        "(Z|[+-][0-2][0-9]:[0-5][0-9])?)?)?$",
    },
    "examples": {"day": {"value": "2026-03-31"}},
}
HEADERS: dict[str, dict[str, Any]] = {
    "ETag": {"description": "The version of the row, for If-Match.", "schema": VERSION_TAG},
    "Location": {"description": "Where the new row is found.", "schema": {"type": "string"}},
    "Link": {"description": "The next page, where there is one.", "schema": {"type": "string"}},
}
_PLACES = {
    "code": "The code of the row.",
    "key": "The key of the row.",
    "username": "The sign-in name.",
    "origin": "The key of the stage it leads from.",
    "target": "The key of the stage it leads to.",
}


def _refusals(*statuses: int) -> dict[int, Any]:
    return {status: {"$ref": f"#/components/responses/{REFUSALS[status][0]}"} for status in statuses}


def of_reading(*, is_list: bool, versioned: bool) -> dict[str, Any]:
    """What every endpoint that reads shares with the others."""
    answers: dict[int, Any] = _refusals(400, 401, 403, 404, 422, 503)
    parameters = [AS_OF]
    if versioned:
        parameters.append(IF_NONE_MATCH)
        answers[304] = {"description": "You hold this version already.", "headers": {"ETag": HEADERS["ETag"]}}
    heads = (["ETag"] if versioned else []) + (["Link"] if is_list else [])
    answers[200] = {"headers": {name: HEADERS[name] for name in heads}} if heads else {}
    return {"parameters": parameters, "responses": answers}


def of_working_out(example: Any) -> dict[str, Any]:
    """What the endpoints that are sent something and change nothing share."""
    return {"parameters": [], "responses": _refusals(400, 401, 403, 404, 413, 422, 503), **_body(example)}


def _body(example: Any) -> dict[str, Any]:
    return {} if example is None else {"requestBody": {"content": {"application/json": {"example": example}}}}


def of_doing(precondition: str, *, has_key: bool, status: int, example: Any) -> dict[str, Any]:
    """What every endpoint that changes something shares with the others."""
    answers = _refusals(400, 401, 403, 404, 409, 413, 422, 503)
    parameters: list[dict[str, Any]] = []
    if has_key:
        parameters.append(IDEMPOTENCY_KEY)
    if precondition:
        answers |= _refusals(412)
        parameters.append({**IF_MATCH, "required": precondition == "required"})
    if precondition == "required":
        answers |= _refusals(428)
    created = status == 201
    heads = (["ETag"] if precondition or created else []) + (["Location"] if created else [])
    if heads:
        answers[status] = {"headers": {name: {**HEADERS[name], "required": False} for name in heads}}
    return {"parameters": parameters, "responses": answers, **_body(example)}


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """The whole description: shared refusals added, statuses in order, every path told from the server's root."""
    components = document["components"]
    components["schemas"]["Problem"] = _problem_schema(components["schemas"])
    components["responses"] = {
        name: _response(status, words, example) for status, (name, words, example) in REFUSALS.items()
    }
    for methods in document["paths"].values():
        for operation in methods.values():
            operation["responses"] = dict(sorted(operation["responses"].items()))
            for parameter in operation["parameters"]:
                _give_example(parameter)
    _drop_titles(document)
    return document


def _give_example(parameter: dict[str, Any]) -> None:
    """Examples of a parameter are named; those of its schema are a list."""
    if isinstance(parameter.get("examples"), list):
        parameter["examples"] = {"example": {"value": parameter["examples"][0]}}
    parameter.setdefault("description", _PLACES.get(parameter["name"], "The number of the row."))
    schema = parameter["schema"]
    if parameter["in"] == "query" and isinstance(schema.get("anyOf"), list):
        kinds = [kind for kind in schema.pop("anyOf") if kind.get("type") != "null"]
        schema |= kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    if parameter["in"] == "query" and schema.get("default", "") is None:
        del schema["default"]


def _drop_titles(part: Any) -> None:
    """Take away the titles of fields, which only repeat their names."""
    for key, value in list(part.items() if isinstance(part, dict) else enumerate(part)):
        if key == "properties":
            for schema in value.values():
                schema.pop("title", None)
        elif key == "schema" and isinstance(value, dict):
            value.pop("title", None)
        if isinstance(value, (dict, list)):
            _drop_titles(value)


def _problem_schema(schemas: dict[str, Any]) -> dict[str, Any]:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    schemas.update(schema.pop("$defs", {}))
    return schema


def _response(status: int, words: str, example: str) -> dict[str, Any]:
    body = {"type": "about:blank", "title": words.split(",")[0].rstrip("."), "status": status, "detail": example}
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {MEDIA_TYPE: {"schema": schema, "example": body}}}
