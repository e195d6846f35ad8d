"""What the rest of the house gets to know of the committee room."""


def make_known() -> None:
    """Register the operations, the guard, the pages and the reminders."""
    from mainstay.authorisation.meetings import guard  # noqa: F401  (registers itself)
    from mainstay.authorisation.meetings.operations import concluding, preparing, reminding, session  # noqa: F401
    from mainstay.authorisation.meetings.sheets import ConditionSheet
    from mainstay.charts import words
    from mainstay.core.context import add_entry
    from mainstay.core.daily import every_day
    from mainstay.core.exchange import register

    add_entry("Authorise", "Meetings", "meetings", "authorise")
    add_entry("Authorise", "Conditions", "conditions", "authorise")
    register(ConditionSheet())
    every_day("conditions", lambda: f"{words.counted(reminding.remind_everybody(), 'notice')} left.")
