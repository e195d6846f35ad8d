"""`pytest --forbid-skips`: a run in which something was skipped did not pass."""

import pytest

skipped: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that `mainstay test --all` gives."""
    parser.getgroup("mainstay").addoption("--forbid-skips", action="store_true", help="count a skip as a failure")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remembers each skipped test; expected failures are not skips."""
    if report.skipped and not hasattr(report, "wasxfail"):
        skipped.append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Remembers each file that skipped itself as a whole."""
    if report.skipped:
        skipped.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Turns success into failure where a skip was forbidden."""
    if session.config.getoption("--forbid-skips") and skipped and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Says why the run failed although no test did."""
    if config.getoption("--forbid-skips") and skipped:
        terminalreporter.line(f"--forbid-skips: {len(skipped)} skipped, which counts as failed.", red=True)
