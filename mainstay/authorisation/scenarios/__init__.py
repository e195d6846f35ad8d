"""Scenarios: branches of the plan of record, solved by the engine and arranged by hand."""
