"""Mainstay: the open system for project portfolio management."""

__version__ = "0.1.0"
