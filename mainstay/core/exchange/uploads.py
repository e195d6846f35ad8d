"""Files people brought, kept under a random name until they are imported, each for its person only."""

import json
import re
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings

from mainstay.core.errors import Missing
from mainstay.core.exchange.mapping import ColumnMapping

KEPT_SECONDS = 24 * 60 * 60
TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Upload:
    """A file on its way in: whose it is, what it lists, where it goes and how it is read."""

    token: str
    person_id: int | None
    filename: str
    sheet: str
    target: str
    """The code or name of the place it goes to."""
    chosen: Mapping[str, Any] | None = None
    """The column mapping as settled so far."""

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return _folder() / self.token

    @property
    def mapping(self) -> ColumnMapping | None:
        """The mapping as settled so far."""
        return None if self.chosen is None else ColumnMapping.from_dict(self.chosen)


def _folder() -> Path:
    folder = Path(settings.DATA) / "imports"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def keep(chunks: Iterable[bytes], *, person: Any, filename: str, sheet: str, target: str) -> Upload:
    """Keep a file for its person; what others left lying for a day goes."""
    _sweep()
    upload = Upload(secrets.token_hex(16), person.pk, filename[:200], sheet, target)
    with upload.path.open("wb") as file:
        file.writelines(chunks)
    _note(upload)
    return upload


def _note(upload: Upload) -> None:
    whole = upload.path.with_suffix(".new")
    whole.write_text(json.dumps(asdict(upload)))
    whole.replace(upload.path.with_suffix(".json"))


def _sweep() -> None:
    for path in _folder().iterdir():
        if time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)


def find(token: str, person: Any) -> Upload:
    """A person's own file; nobody else's exists for them."""
    try:
        if not TOKEN.fullmatch(token):
            raise FileNotFoundError
        upload = Upload(**json.loads((_folder() / token).with_suffix(".json").read_text()))
    except FileNotFoundError:
        upload = None
    if upload is None or upload.person_id != person.pk or not upload.path.exists():
        raise Missing("This file is imported already, or was left too long; choose it again.")
    return upload


def settle(upload: Upload, mapping: ColumnMapping) -> Upload:
    """Keep how the file is read."""
    upload = replace(upload, chosen=mapping.as_dict())
    _note(upload)
    return upload


def remove(upload: Upload) -> None:
    """Forget the file."""
    for path in (upload.path, upload.path.with_suffix(".json")):
        path.unlink(missing_ok=True)
