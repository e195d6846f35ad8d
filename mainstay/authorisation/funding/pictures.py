"""The chart of a fund."""

from mainstay.authorisation.funding.queries import Purse
from mainstay.charts import Figure
from mainstay.charts.fund_years import FundYear, fund_years


def years_of(purse: Purse) -> Figure:
    """Each year of a fund: released, committed, held back and available under its envelope."""
    years = [
        FundYear(
            year=str(one.envelope.year),
            released=float(one.balance.released),
            committed=float(one.balance.waiting),
            held_back=float(one.balance.held_back),
            available=float(one.balance.available),
        )
        for one in purse.years
    ]
    return fund_years(years, purse.fund.currency)
