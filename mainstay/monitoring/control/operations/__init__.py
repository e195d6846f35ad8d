"""Everything that changes in control."""

from mainstay.monitoring.control.operations.steps import (
    LONGEST_PAUSE,
    pause_work,
    resume_work,
    set_exit,
    stop_work,
)

__all__ = ["LONGEST_PAUSE", "pause_work", "resume_work", "set_exit", "stop_work"]
