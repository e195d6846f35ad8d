"""Versions in headers: `ETag` on what is told, `If-Match` on what is changed, `If-None-Match` on what is known."""

import re

from django.http import HttpRequest

from mainstay.core.api.problems import Precondition
from mainstay.core.errors import Unreadable

TAG = re.compile(r'"([0-9]{1,9})"')


def tag(version: int) -> str:
    """The version of a row as an entity tag."""
    return f'"{version}"'


def expected_version(request: HttpRequest, *, required: bool) -> int | None:
    """The version an edit is based on; `*` means whatever holds now."""
    header = request.headers.get("If-Match", "").strip()
    if not header and required:
        raise Precondition('Say which version you changed: send its ETag as If-Match, for example If-Match: "3".')
    if not header or header == "*":
        return None
    if (found := TAG.fullmatch(header)) is None:
        raise Unreadable('If-Match holds one version as the ETag gave it, for example "3".')
    return int(found[1])


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether the asker holds this version already."""
    header = request.headers.get("If-None-Match", "")
    return header.strip() == "*" or etag in {part.strip().removeprefix("W/") for part in header.split(",")}
