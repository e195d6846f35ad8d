"""Lists in and out: one `Sheet` per noun, read from and written to CSV, XLSX and JSON.

A file becomes a `Table`, a `ColumnMapping` says which column means which field, `check` says what an import
would do and what is wrong by row and column, `commit` does all of it or nothing. `export_response` sends
any list as it is seen.
"""

from mainstay.core.exchange.checking import Check, check, commit
from mainstay.core.exchange.columns import Column, Kind
from mainstay.core.exchange.entries import Entry
from mainstay.core.exchange.exporting import FORMATS, export_file, export_response
from mainstay.core.exchange.files import read_table, register_format
from mainstay.core.exchange.mapping import ColumnMapping, Link, NewField, Options
from mainstay.core.exchange.mappings import mapping_named, mapping_names, register_mapping
from mainstay.core.exchange.planning import Importer
from mainstay.core.exchange.problems import BadCell, BadFile, Problem
from mainstay.core.exchange.proposal import propose, suggest
from mainstay.core.exchange.sheet import Sheet, register, sheet_named, sheets
from mainstay.core.exchange.table import Table

__all__ = [
    "FORMATS",
    "BadCell",
    "BadFile",
    "Check",
    "Column",
    "ColumnMapping",
    "Entry",
    "Importer",
    "Kind",
    "Link",
    "NewField",
    "Options",
    "Problem",
    "Sheet",
    "Table",
    "check",
    "commit",
    "export_file",
    "export_response",
    "mapping_named",
    "mapping_names",
    "propose",
    "read_table",
    "register",
    "register_format",
    "register_mapping",
    "sheet_named",
    "sheets",
    "suggest",
]
