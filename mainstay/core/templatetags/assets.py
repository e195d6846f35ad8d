"""Addresses of built styles, scripts and icons."""

import json
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
BUILT = Path(__file__).parents[1] / "static" / "mainstay"


@cache
def _manifest(changed_at: float) -> dict[str, str]:
    entries = json.loads((BUILT / ".vite" / "manifest.json").read_text())
    return {name: f"{settings.STATIC_URL}mainstay/{entry['file']}" for name, entry in entries.items()}


@cache
def _changed_at() -> float:
    mark = BUILT / ".vite" / "manifest.json"
    return mark.stat().st_mtime if mark.is_file() else 0.0


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file by its source, such as `src/main.ts`; empty where nothing was built yet."""
    changed_at = _changed_at()
    return _manifest(changed_at).get(name, "") if changed_at else ""


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon from the sprite; with a label it speaks, without one it is decoration."""
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return mark_safe(f'<svg class="icon" {spoken}><use href="{asset("icons.svg")}#{escape(name)}"/></svg>')
