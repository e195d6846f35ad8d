"""Surveys of customers: their pages, their addresses, and what they add up to."""
