"""What the rest of the house gets to know of alerts."""


def make_known() -> None:
    """Register the measures, operations, job and pages."""
    from mainstay.core.context import add_entry
    from mainstay.core.daily import every_day
    from mainstay.core.verbs import Verb
    from mainstay.monitoring.alerts import (
        jobs,
        measures_of_course,
        measures_of_plan,
        operations,  # noqa: F401  (register themselves)
    )

    measures_of_plan.make_known()
    measures_of_course.make_known()
    add_entry("Monitor", "Alerts", "alerts", "alert", Verb.SEE_FIGURES)
    add_entry("Monitor", "Alert rules", "alert_rules", "settings", Verb.ALERTRULE_CREATE)
    every_day("alert rules", lambda: jobs.in_words(jobs.evaluate_all()))
