"""Charts as pictures for papers, slides and e-mail: the page's own specification, drawn without a browser."""

from typing import Any

from mainstay.charts.figure import Figure
from mainstay.charts.theme import config

VEGA_LITE = "6.4"


def svg(figure: Figure, *, dark: bool = False, width: int = 720, title: bool = True) -> str:
    """The chart as SVG text, `width` points wide with its axes."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(_fixed(figure, width, title), vl_version=VEGA_LITE, config=_look(dark)))


def png(figure: Figure, *, dark: bool = False, width: int = 720, title: bool = True, scale: float = 2.0) -> bytes:
    """The chart as PNG bytes, `width * scale` pixels wide."""
    import vl_convert

    spec = _fixed(figure, width, title)
    return bytes(vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, config=_look(dark), scale=scale))


def _fixed(figure: Figure, width: int, title: bool) -> dict[str, Any]:
    return {**figure.vega(title=title), "width": width}


def _look(dark: bool) -> dict[str, Any]:
    return config("dark" if dark else "light")
