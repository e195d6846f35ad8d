"""How every chart looks: eight colours everybody can tell apart, status colours, fonts, axes.

The palette keeps a distance of at least 0.08 in OKLab between any two colours under normal vision, protanopia
(Machado 2009, severity 1) and deuteranopia, and a contrast of 3:1 to the page, in light and in dark.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

FONT: Final = "Inter Variable, Inter, system-ui, sans-serif"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one appearance; the style sheet holds the same values as tokens."""

    page: str
    ink: str
    quiet: str
    line: str
    accent: str
    past: str
    good: str
    fair: str
    warn: str
    poor: str
    bad: str
    none: str
    onbright: str
    category: tuple[str, ...]


LIGHT: Final = Colours(
    page="#ffffff",
    ink="#1b2230",
    quiet="#566072",
    line="#e3e6eb",
    accent="#3350c8",
    past="#a3abb8",
    good="#26804a",
    fair="#86a73b",
    warn="#c98200",
    poor="#d1592a",
    bad="#c0302f",
    none="#8a94a3",
    onbright="#1b2230",
    category=("#3351c8", "#d56e0b", "#17949b", "#951c77", "#729664", "#9e76dc", "#6b3723", "#6c6e68"),
)
DARK: Final = Colours(
    page="#171b22",
    ink="#e6e9ee",
    quiet="#a4adbb",
    line="#2e3541",
    accent="#93a7ff",
    past="#5d6675",
    good="#4fb878",
    fair="#a9c95c",
    warn="#e3a62f",
    poor="#ec8455",
    bad="#f0706c",
    none="#8a94a3",
    onbright="#171b22",
    category=("#95a6f5", "#f1954c", "#4fb9ae", "#cf559d", "#d7d264", "#9681f4", "#b5855d", "#b4cada"),
)

NAMED: Final = tuple(name for name in Colours.__dataclass_fields__ if name != "category")
"""Colours a specification may use by name, as a parameter: `{"expr": "good"}`."""


@cache
def config(appearance: Literal["light", "dark"] = "light") -> dict[str, Any]:
    """The Vega-Lite configuration of one appearance."""
    colours = DARK if appearance == "dark" else LIGHT
    return {
        "font": FONT,
        "background": colours.page,
        "params": [{"name": name, "value": getattr(colours, name)} for name in NAMED],
        "range": {"category": list(colours.category)},
        "view": {"stroke": None},
        "title": _title(colours),
        "axis": _axis(colours),
        "legend": _legend(colours),
        "text": {"fontSize": 12, "color": colours.ink},
        "bar": {"color": colours.accent, "cornerRadiusEnd": 2},
        "style": {"quiet": {"color": colours.quiet, "fill": colours.quiet}},
    }


def _title(colours: Colours) -> dict[str, Any]:
    return {
        "anchor": "start",
        "frame": "group",
        "fontSize": 15,
        "fontWeight": 600,
        "color": colours.ink,
        "offset": 14,
    }


def _axis(colours: Colours) -> dict[str, Any]:
    return {
        "labelColor": colours.quiet,
        "labelFontSize": 12,
        "labelPadding": 6,
        "titleColor": colours.quiet,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": colours.line,
        "domainColor": colours.line,
        "ticks": False,
        "domain": False,
    }


def _legend(colours: Colours) -> dict[str, Any]:
    return {
        "labelColor": colours.ink,
        "labelFontSize": 12,
        "titleColor": colours.quiet,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "symbolStrokeWidth": 0,
        "orient": "top",
        "labelLimit": 220,
    }
