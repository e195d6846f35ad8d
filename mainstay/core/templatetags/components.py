"""The components of every page; each is shown in all its states at /gallery/.

`{% load components %}` brings icons, figures and charts along.
"""

from collections.abc import Mapping
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from mainstay.core.templatetags import assets, chart, figures
from mainstay.core.templatetags.assets import icon

register = template.Library()
for library in (assets.register, chart.register, figures.register):
    register.tags |= library.tags
    register.filters |= library.filters
HEALTH = {
    "green": ("good", "On track"),
    "amber": ("warn", "At risk"),
    "red": ("bad", "Off track"),
    "": ("none", "Not reported"),
}
CONFIDENCE = {
    "green": ("good", "Green"),
    "amber_green": ("fair", "Amber/green"),
    "amber": ("warn", "Amber"),
    "amber_red": ("poor", "Amber/red"),
    "red": ("bad", "Red"),
    "": ("none", "Not assessed"),
}


def _badges(states: Mapping[str, tuple[str, str]]) -> dict[str, SafeString]:
    return {
        state: mark_safe(f'<span class="status status-{kind}">{word}</span>')
        for state, (kind, word) in states.items()
    }


HEALTH_BADGES, CONFIDENCE_BADGES = _badges(HEALTH), _badges(CONFIDENCE)


@register.filter
def health(value: str | None) -> SafeString:
    """`{{ project.health|health }}`: how a project is doing, as shape, word and colour."""
    return HEALTH_BADGES.get(value or "", HEALTH_BADGES[""])


@register.filter
def confidence(value: str | None) -> SafeString:
    """`{{ project.confidence|confidence }}`: delivery confidence on the five-step scale."""
    return CONFIDENCE_BADGES.get(value or "", CONFIDENCE_BADGES[""])


@register.simple_tag
def status(kind: str, word: str) -> SafeString:
    """`{% status "warn" "Due soon" %}`: any other status; kinds are good, fair, warn, poor, bad and none."""
    return mark_safe(f'<span class="status status-{escape(kind)}">{escape(word)}</span>')


@register.filter
def stage(value: Any) -> SafeString:
    """`{{ project.stage|stage }}`: the stage of the life cycle, from an object with `key` and `name`."""
    key, name = getattr(value, "key", ""), getattr(value, "name", value)
    return mark_safe(f'<span class="stage stage-{escape(key).replace("_", "-")}">{escape(name)}</span>')


@register.simple_tag(takes_context=True)
def again(context: template.Context, name: str) -> SafeString:
    """What the page put into a block, a second time."""
    text: SafeString = context.render_context[BLOCK_CONTEXT_KEY].get_block(name).render(context)
    return text


@register.simple_tag(takes_context=True)
def keep_query(context: template.Context, *without: str) -> SafeString:
    """Hidden fields for a GET form, so that it keeps what the address already asks for, `without` the named."""
    asked = context["request"].GET
    pairs = [(name, value) for name in asked if name not in without for value in asked.getlist(name)]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.simple_tag(takes_context=True)
def sortable(context: template.Context, field: str, label: str, css: str = "") -> SafeString:
    """A column heading that sorts by `?sort=field`, and the other way round when it does already."""
    query = context["request"].GET.copy()
    now = query.get("sort", "")
    query["sort"] = f"-{field}" if now == field else field
    query.pop("page", None)
    order = {field: "ascending", f"-{field}": "descending"}.get(now, "")
    mark = format_html(' aria-sort="{}"', order) if order else ""
    arrow = {"ascending": icon("arrow-up"), "descending": icon("arrow-down")}.get(order, "")
    address = f"?{query.urlencode()}"
    return format_html('<th scope="col" class="{}"{}><a href="{}">{} {}</a></th>', css, mark, address, label, arrow)


@register.inclusion_tag("core/components/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any], noun: str = "") -> dict[str, Any]:
    """Where one is in a long list, and the ways on."""
    return {"page": page, "noun": noun, "request": context["request"]}


@register.inclusion_tag("core/components/empty.html")
def empty_state(
    title: str, text: str = "", url: str = "", action: str = "", icon: str = "empty", **more: str
) -> dict[str, str]:
    """An empty page that teaches the next step; `second_url` and `second_action` may offer another."""
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon, **more}


@register.inclusion_tag("core/components/field.html")
def form_field(field: BoundField) -> dict[str, Any]:
    """A form field with its label, help and error beside it, tied together for screen readers."""
    control: dict[str, str | bool] = {"class": _control_class(field)}
    if field.errors:
        control |= {"aria-invalid": "true", "aria-describedby": f"{field.auto_id}-error"}
    widget = field if field.is_hidden else field.as_widget(attrs=control)
    return {"field": field, "widget": widget, "is_tick": isinstance(field.field.widget, CheckboxInput)}


def _control_class(field: BoundField) -> str:
    kind = field.widget_type
    own = field.field.widget.attrs.get("class", "")
    if kind == "checkbox":
        return f"form-check-input {own}".strip()
    if kind in {"select", "selectmultiple", "nullbooleanselect"}:
        return f"form-select {own}".strip()
    return own if kind in {"radioselect", "checkboxselectmultiple"} else f"form-control {own}".strip()


@register.inclusion_tag("core/components/errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form as a whole."""
    return {"errors": form.non_field_errors()}


@register.inclusion_tag("core/components/tile.html")
def tile(label: str, value: Any = None, **more: Any) -> dict[str, Any]:
    """A figure one can trust: `value`, and where known `unit`, `comparison`, `trend` with `trend_is` good or bad,
    `status` as a kind and a word, `fresh`, `note` on what is missing, `definition`, and `url` of its records.
    """
    return {"label": label, "value": value, **more}


@register.inclusion_tag("core/components/definition.html")
def definition(term: str, text: str) -> dict[str, str]:
    """What a word or figure means, one click away."""
    return {"term": term, "text": text}


@register.inclusion_tag("core/components/breadcrumbs.html")
def breadcrumbs(places: Any) -> dict[str, Any]:
    """The way from the top to this page: pairs of name and address, or things with `name` and `url`."""
    pairs = [place if isinstance(place, tuple) else (place["name"], place["url"]) for place in places]
    return {"places": pairs}


@register.inclusion_tag("core/components/tabs.html")
def tabs(items: Any, label: str = "Sections") -> dict[str, Any]:
    """Pages that belong together: mappings with `label`, `url`, `active` and where useful `count`."""
    return {"items": items, "label": label}


@register.inclusion_tag("core/components/conflict.html")
def conflict(changes: Any, noun: str = "record") -> dict[str, Any]:
    """Both versions after somebody else saved first: rows with `label`, `before`, `after`, `yours`, `who`, `at`."""
    return {"changes": changes, "noun": noun}


@register.inclusion_tag("core/components/run.html")
def run_progress(run: Any, **more: Any) -> dict[str, Any]:
    """Long work: how far it is, what it says; `url`, `cancel_url`, `retry_url`, `result_url` where there are any.

    `course` is a chart of how it gets on.
    """
    return {"run": run, **more}


@register.inclusion_tag("core/components/confirm.html", takes_context=True)
def confirm(context: template.Context, name: str, question: str, verb: str, url: str, **more: Any) -> dict[str, Any]:
    """A button `verb` that asks `question` in a dialog with the id `name` before it posts to `url`.

    `css` paints it, as `btn-primary` or `btn-danger`; `reason` is the label of a reason that must be given.
    """
    token = context.get("csrf_token", "")
    return {"name": name, "question": question, "verb": verb, "url": url, "csrf_token": token, **more}
