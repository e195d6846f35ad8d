"""Money of projects month by month: budget and forecast as entered, actuals from the ledger, closed months.

A ledger line never changes: a file that says otherwise of a known key is refused, and a correction comes as a line of
its own, as ledgers book it. What was ordered counts as committed until the ledger takes the order back by a line with
the opposite amount.
"""
