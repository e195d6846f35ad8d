"""Everything that changes in value."""

from mainstay.value.operations.benefits import add_benefit, edit_benefit, remove_benefit, set_needs
from mainstay.value.operations.currencies import add_currency, set_rate
from mainstay.value.operations.funds import create_fund, edit_fund, set_envelope
from mainstay.value.operations.readings import Read, record_readings, remove_reading, verify_readings
from mainstay.value.operations.reminding import remind_of_readings
from mainstay.value.operations.surveys import correct_survey, record_survey, remove_survey

__all__ = [
    "Read",
    "add_benefit",
    "add_currency",
    "correct_survey",
    "create_fund",
    "edit_benefit",
    "edit_fund",
    "record_readings",
    "record_survey",
    "remind_of_readings",
    "remove_benefit",
    "remove_reading",
    "remove_survey",
    "set_envelope",
    "set_needs",
    "set_rate",
    "verify_readings",
]
