"""The way in to an instance that has no people yet: a secret address, kept in the data folder, good for one use."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.utils.crypto import constant_time_compare

from mainstay.core.models import Person

FILE = "setup-token"


def is_needed() -> bool:
    """Whether nobody can sign in yet."""
    return not Person.objects.exists()


def token() -> str:
    """The secret part of the address, made at the first call and the same until it is spent."""
    try:
        handle = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _file().read_text()
    fresh = secrets.token_urlsafe(24)
    with os.fdopen(handle, "w") as stream:
        stream.write(fresh)
    return fresh


def matches(text: str) -> bool:
    """Whether this is the secret of an instance that still needs its first administrator."""
    return is_needed() and _file().exists() and constant_time_compare(text, _file().read_text())


def spend() -> None:
    """The address leads nowhere from now on."""
    _file().unlink(missing_ok=True)


def _file() -> Path:
    return Path(settings.DATA) / FILE
