"""Every read of the register worth a name: filters, columns, order, sums, the tree, histories.

Pages, exports and the API read lists through here, so that one address means the same rows everywhere.
"""

from mainstay.portfolio.queries.column import Column, Kind
from mainstay.portfolio.queries.columns import add_column, chosen_columns, columns, with_columns
from mainstay.portfolio.queries.figures import Group, Money, Totals, grouped, totals
from mainstay.portfolio.queries.filters import ProjectFilter
from mainstay.portfolio.queries.reading import Reading
from mainstay.portfolio.queries.sorting import SortKey, sort_keys, sorted_by

__all__ = [
    "Column",
    "Group",
    "Kind",
    "Money",
    "ProjectFilter",
    "Reading",
    "SortKey",
    "Totals",
    "add_column",
    "chosen_columns",
    "columns",
    "grouped",
    "sort_keys",
    "sorted_by",
    "totals",
    "with_columns",
]
