"""The sheet: many figures typed at once, by line and period, and saved as one operation.

A view builds a `Sheet` from what is stored and shows it inside its form by `{% sheet sheet %}`. What was sent is
read by `read_sheet(request.POST, sheet)`: what cannot be read stands beside its cell, and then nothing is saved.
"""

from mainstay.core.sheet.entered import Entered
from mainstay.core.sheet.reading import read_sheet
from mainstay.core.sheet.shape import Column, Kind, Line, LineKind, Sheet, Totals
from mainstay.engine.basics import Curve

__all__ = ["Column", "Curve", "Entered", "Kind", "Line", "LineKind", "Sheet", "Totals", "read_sheet"]
