"""Boards, their seats, and how much a board or a role may decide."""
