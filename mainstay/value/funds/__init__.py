"""Funds: their forms, lists and addresses."""
