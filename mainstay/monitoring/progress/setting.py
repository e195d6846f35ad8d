"""What the rest of the house gets to know of progress."""


def make_known() -> None:
    """Register the operations, the pages, the tab of a project and the lists."""
    from mainstay.core.context import add_entry
    from mainstay.core.exchange import register
    from mainstay.core.verbs import Verb
    from mainstay.monitoring.progress import operations  # noqa: F401  (register themselves)
    from mainstay.monitoring.progress.delivery import delivered
    from mainstay.monitoring.progress.sheets import PackageSheet, ProgressSheet
    from mainstay.portfolio.sections import add_section
    from mainstay.strategy.queries import register_delivery

    add_entry("Monitor", "Progress", "progress", "target", Verb.SEE_FIGURES)
    add_section("Progress", "project_progress", Verb.SEE_FIGURES)
    register(PackageSheet())
    register(ProgressSheet())
    register_delivery(delivered)
