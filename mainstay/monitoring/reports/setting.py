"""What the rest of the house gets to know of reports."""


def make_known() -> None:
    """Register the operations, the pages and the tab of a project."""
    from mainstay.charts import words
    from mainstay.core.context import add_entry
    from mainstay.core.daily import every_day
    from mainstay.monitoring.reports import operations
    from mainstay.portfolio.sections import add_section

    add_entry("Monitor", "Reports", "reports", "check")
    add_section("Reports", "project_reports")
    every_day("reports", lambda: f"{words.counted(operations.remind_everybody(), 'notice')} left.")
