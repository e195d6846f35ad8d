"""Text that a spreadsheet would run is made harmless, and comes back as it was."""

import pytest

from mainstay.core.exchange.safe import guarded, without_guard

RUNS = ["=1+1", "+44 20 7946 0000", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''=1", "=HYPERLINK(1)"]
HARMLESS = ["Pumps", "", "-3", "+4.5", "-3%", "'quoted'", "a=b", "12", None, 5]


@pytest.mark.parametrize("text", RUNS)
def test_what_would_run_is_guarded_and_comes_back(text):
    assert guarded(text) == f"'{text}"
    assert without_guard(guarded(text)) == text


@pytest.mark.parametrize("value", HARMLESS)
def test_what_is_harmless_stays_as_it_is(value):
    assert guarded(value) == value
    if isinstance(value, str):
        assert without_guard(value) == value
