"""What the surroundings say: data folder, database address, secret key, demonstration or not."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlparse

CHECKOUT = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """The folder that holds the embedded database, uploaded files and the secret key."""
    folder = Path(os.environ.get("MAINSTAY_DATA") or CHECKOUT / ".data").expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def is_on(name: str) -> bool:
    """Whether a switch in the environment is set to something that means yes."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def secret_key(folder: Path) -> str:
    """The secret key: from the environment, else kept in the data folder and made once."""
    if key := os.environ.get("MAINSTAY_SECRET_KEY"):
        return key
    file = folder / "secret-key"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    key = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w") as stream:
        stream.write(key)
    return key


def database(folder: Path) -> dict[str, object]:
    """The database: PostgreSQL where DATABASE_URL names one, else SQLite in the data folder."""
    url = os.environ.get("DATABASE_URL", "")
    if not url or url.startswith("sqlite"):
        return _sqlite(Path(urlparse(url).path) if url else folder / "mainstay.sqlite3")
    return _postgres(url)


def _sqlite(file: Path) -> dict[str, object]:
    durable = "OFF" if is_on("MAINSTAY_TEST") else "FULL"
    pragmas = f"PRAGMA journal_mode=WAL; PRAGMA synchronous={durable}; PRAGMA cache_size=-16000;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        # In a file too: one kept in memory is one connection, which a server's threads would share in tests.
        "TEST": {"NAME": str(file.with_suffix(".test.sqlite3"))},
    }


def _postgres(url: str) -> dict[str, object]:
    parts = urlparse(url)
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = str(options.pop("host", "") or unquote(parts.hostname or ""))
    if not is_on("MAINSTAY_TEST"):
        options["pool"] = {"min_size": 0, "max_size": int(os.environ.get("MAINSTAY_POOL", "12")), "timeout": 8}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
