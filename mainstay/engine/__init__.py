"""The engine: the mathematics of portfolio work, dataclasses and NumPy in and out.

Rooms are named after techniques (selection, scoring, finance, ...), not after pages.
Nothing here knows Django, a database, a clock on the wall or a currency symbol.
"""
