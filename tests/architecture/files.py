"""The files that belong to the project, as git sees them."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
ROOMS = (
    "cockpit",
    "connect",
    "review",
    "monitoring",
    "authorisation",
    "evaluation",
    "identification",
    "strategy",
    "resources",
    "governance",
    "value",
    "portfolio",
    "core",
)
FLOORS_WITHOUT_WEB = ("charts", "engine")


@functools.cache
def all_files() -> tuple[Path, ...]:
    """Every file that is tracked or would be, relative to the checkout."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(words, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    return tuple(sorted(Path(name) for name in listed.split("\0") if name and (CHECKOUT / name).is_file()))


def with_ending(*endings: str) -> list[Path]:
    """The files with one of these endings."""
    return [path for path in all_files() if path.suffix in endings]


def text_of(path: Path) -> str:
    """What a file says."""
    return (CHECKOUT / path).read_text(encoding="utf-8")


def is_migration(path: Path) -> bool:
    """Whether a file was written by makemigrations."""
    return "migrations" in path.parts


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """A Python file as a syntax tree."""
    return ast.parse(text_of(path), filename=str(path))


def python_files() -> list[Path]:
    """The Python files people write."""
    return [path for path in with_ending(".py") if not is_migration(path)]


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
