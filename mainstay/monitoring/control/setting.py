"""What the rest of the house gets to know of control."""


def make_known() -> None:
    """Register the operations, the figures scenarios ask for, the measures and the pages."""
    from mainstay.authorisation.scenarios.exits import register_exits, register_leaving
    from mainstay.core.context import add_entry
    from mainstay.core.verbs import Verb
    from mainstay.monitoring.control import measures, operations  # noqa: F401  (register themselves)
    from mainstay.monitoring.control.course import exits
    from mainstay.monitoring.control.operations.leaving import leave
    from mainstay.portfolio.sections import add_section

    register_exits(exits)
    register_leaving(leave)
    measures.make_known()
    add_entry("Monitor", "Continue, pause, stop", "control_queue", "monitor", Verb.SEE_FIGURES)
    add_section("Control", "project_control", Verb.SEE_FIGURES)
