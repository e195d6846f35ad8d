"""Codes in addresses: only what can be a code reaches the register."""

from django.urls import register_converter


class CodeConverter:
    """Letters, digits, dots, dashes and underscores, as the validator of codes has it."""

    regex = "[A-Za-z0-9][A-Za-z0-9_.-]{0,39}"

    def to_python(self, value: str) -> str:
        """A code is read as it is written."""
        return value

    def to_url(self, value: str) -> str:
        """A code is written as it is."""
        return value


register_converter(CodeConverter, "code")
