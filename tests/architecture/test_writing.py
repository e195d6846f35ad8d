"""There is one way to write: nothing saves a row except operations and what they are made of."""

import ast
from pathlib import Path

from tests.architecture import files

WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "asave",
    "acreate",
    "aupdate",
    "adelete",
}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
QUERIES = {"all", "filter", "exclude", "visible_to", "select_for_update", "order_by", "using"}
THE_WAY = (
    "mainstay/core/operation.py",
    "mainstay/core/history.py",
    "mainstay/core/daily.py",
    "mainstay/core/runs.py",
    "mainstay/core/pieces.py",
    "mainstay/core/reactions.py",
    "mainstay/config/sample",
)
"""What operations are made of, the heartbeat of long work and its pieces, notices, and the sample of the past."""


def test_only_operations_write():
    strays = [place for path in _web_files() for place in _writes_in(path)]
    assert strays == []


def _web_files() -> list[Path]:
    rooms = {*files.ROOMS, "config"}
    return [
        path
        for path in files.python_files()
        if path.parts[0] == "mainstay" and path.parts[1] in rooms and _may_not(path)
    ]


def _may_not(path: Path) -> bool:
    if "operations" in path.parts or path.name == "operations.py":
        return False
    return not str(path).startswith(THE_WAY)


def _writes_in(path: Path) -> list[str]:
    return [
        f"{path}:{node.lineno} .{node.func.attr}()"
        for node in ast.walk(files.tree_of(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes(node.func)
    ]


def _writes(call: ast.Attribute) -> bool:
    """A row's own save() and delete(), and any write on a manager or a query."""
    if call.attr not in WRITES:
        return False
    if call.attr in {"save", "asave"}:
        return True
    return any(_is_query(node) for node in ast.walk(call.value))


def _is_query(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and (node.attr in MANAGERS or node.attr in QUERIES)
