"""Files and functions stay small enough to be read in one go."""

from tests.architecture import files

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 50
LEVELS = 3
OPENING = ("For", "AsyncFor", "While", "If", "With", "AsyncWith", "Try", "Match")


def test_no_file_is_longer_than_400_lines():
    written = [*files.python_files(), *files.with_ending(".ts", ".html", ".css")]
    long = {str(path): n for path in written if (n := files.text_of(path).count("\n")) > LINES_OF_A_FILE}
    assert long == {}


def test_no_function_is_longer_than_50_lines():
    long = {
        f"{path}:{function.lineno} {function.name}": function.end_lineno - function.lineno + 1
        for path in files.python_files()
        for function in files.functions_of(path)
        if function.end_lineno - function.lineno + 1 > LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_no_function_is_indented_deeper_than_three_levels():
    deep = {
        f"{path}:{function.lineno} {function.name}": depth
        for path in files.python_files()
        for function in files.functions_of(path)
        if (depth := _depth(function.body)) > LEVELS
    }
    assert deep == {}


def _depth(body: list) -> int:
    return max((_depth_of(statement) for statement in body), default=0)


def _depth_of(statement) -> int:
    if type(statement).__name__ not in OPENING:
        return 0
    inner = [getattr(statement, part, []) for part in ("body", "finalbody")]
    inner += [handler.body for handler in getattr(statement, "handlers", [])]
    inner += [case.body for case in getattr(statement, "cases", [])]
    deepest = 1 + max(map(_depth, inner), default=0)
    return max(deepest, _depth_of_else(statement))


def _depth_of_else(statement) -> int:
    """An `elif` is a sibling of its `if`, not a level below it."""
    other = getattr(statement, "orelse", [])
    if len(other) == 1 and type(other[0]).__name__ == "If" == type(statement).__name__:
        return _depth_of(other[0])
    return 1 + _depth(other) if other else 0
