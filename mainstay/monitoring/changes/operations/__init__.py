"""Everything that changes about changes."""

from mainstay.monitoring.changes.operations.asking import (
    MOST_DAYS,
    decide_change,
    draft_change,
    edit_change,
    submit_change,
    withdraw_change,
)

__all__ = ["MOST_DAYS", "decide_change", "draft_change", "edit_change", "submit_change", "withdraw_change"]
