"""Mappings by name: those that ship with the product, and those people saved."""

from mainstay.core.errors import Missing
from mainstay.core.exchange.mapping import ColumnMapping
from mainstay.core.models import Mapping

_shipped: dict[tuple[str, str], ColumnMapping] = {}


def register_mapping(sheet: str, name: str, mapping: ColumnMapping) -> None:
    """Ship a mapping with the product; its name stands before any saved one."""
    _shipped[sheet, name] = mapping


def is_shipped(sheet: str, name: str) -> bool:
    """Whether a mapping of this name ships with the product."""
    return (sheet, name) in _shipped


def mapping_names(sheet: str) -> list[str]:
    """The names of every mapping for a sheet, the shipped ones first."""
    shipped = [name for of, name in _shipped if of == sheet]
    saved = Mapping.objects.filter(sheet=sheet).values_list("name", flat=True)
    return [*shipped, *(name for name in saved if name not in shipped)]


def mapping_named(sheet: str, name: str) -> ColumnMapping:
    """The mapping of this name."""
    if (sheet, name) in _shipped:
        return _shipped[sheet, name]
    saved = Mapping.objects.filter(sheet=sheet, name=name).first()
    if saved is None:
        names = mapping_names(sheet)
        told = f"there are {', '.join(names)}" if names else "none is saved yet"
        raise Missing(f"There is no mapping {name} for {sheet}; {told}.")
    return ColumnMapping.from_dict(saved.columns)
