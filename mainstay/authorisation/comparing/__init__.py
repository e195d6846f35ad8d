"""Comparing and merging: scenarios side by side, what differs from the plan of record, and bringing both together."""
