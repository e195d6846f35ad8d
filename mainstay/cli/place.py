"""Where the data of this installation is, said to Django before it reads its settings."""

import os
from pathlib import Path

from mainstay.cli.command import Refusal

PACKAGE = Path(__file__).resolve().parents[1]
SETTINGS = "mainstay.config.settings"


def checkout() -> Path | None:
    """The checkout this package runs from, or nothing where it was installed as a package."""
    root = PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "tests").is_dir() else None


def choose(folder: str | None) -> Path:
    """Settles the data folder: the option, else MAINSTAY_DATA, else `.data` beside the package."""
    beside = checkout() or Path.cwd()
    chosen = Path(folder or os.environ.get("MAINSTAY_DATA") or beside / ".data").expanduser()
    os.environ["MAINSTAY_DATA"] = str(chosen.resolve())
    return chosen


def start_django() -> None:
    """Makes the data folder, then loads settings and rooms."""
    folder = Path(os.environ["MAINSTAY_DATA"])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = os.access(folder, os.W_OK | os.X_OK)
    except OSError as error:
        raise Refusal(f"the data folder {folder} cannot be made: {error.strerror}") from error
    if not probe:
        raise Refusal(f"the data folder {folder} cannot be written to")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)

    import django

    django.setup()
