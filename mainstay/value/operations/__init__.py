"""Everything that changes in value."""

from mainstay.value.operations.currencies import add_currency, set_rate
from mainstay.value.operations.funds import create_fund, edit_fund, set_envelope

__all__ = ["add_currency", "create_fund", "edit_fund", "set_envelope", "set_rate"]
