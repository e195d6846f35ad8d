from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory

from mainstay.core.templatetags import assets


def rendered(text: str, address: str = "/", **values: object) -> str:
    request = RequestFactory().get(address)
    return Template("{% load components %}" + text).render(RequestContext(request, values))


class ProposalForm(forms.Form):
    name = forms.CharField(help_text="As in the minutes.")
    purpose = forms.CharField(required=False, widget=forms.Textarea)
    is_urgent = forms.BooleanField(label="Urgent", required=False)


@pytest.mark.parametrize(
    ("state", "kind", "word"),
    [
        ("green", "good", "On track"),
        ("amber", "warn", "At risk"),
        ("red", "bad", "Off track"),
        ("", "none", "Not reported"),
    ],
)
def test_health_is_a_shape_and_a_word(state, kind, word):
    assert rendered("{{ state|health }}", state=state) == f'<span class="status status-{kind}">{word}</span>'


def test_delivery_confidence_has_five_steps_and_none():
    shown = rendered("{% for s in states %}{{ s|confidence }}{% endfor %}", states=["amber_green", "amber_red", ""])
    words = ["Amber/green", "Amber/red", "Not assessed"]
    assert [word for word in words if f">{word}<" in shown] == words


def test_a_stage_shows_its_name_and_escapes_it():
    stage = SimpleNamespace(key="on_hold", name="On hold & <waiting>")
    expected = '<span class="stage stage-on-hold">On hold &amp; &lt;waiting&gt;</span>'
    assert rendered("{{ stage|stage }}", stage=stage) == expected


def test_an_icon_is_decoration_unless_it_has_a_word():
    assert 'aria-hidden="true"' in rendered('{% icon "home" %}')
    assert 'role="img" aria-label="Close &lt;it&gt;"' in rendered('{% icon "close" "Close <it>" %}')


def test_an_asset_that_was_not_built_has_no_address():
    assert assets.asset("src/nothing.ts") == ""


def test_help_written_by_an_administrator_is_no_markup():
    class Asked(forms.Form):
        reason = forms.CharField(help_text="<b onclick=x>Why?</b>")

    shown = rendered("{% form_field form.reason %}", form=Asked())
    assert "&lt;b onclick=x&gt;Why?&lt;/b&gt;" in shown
    assert "<b onclick" not in shown


def test_a_field_ties_its_error_and_label_to_the_control():
    shown = rendered("{% form_field form.name %}", form=ProposalForm({"name": ""}))
    assert '<label for="id_name">Name</label>' in shown
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_name-error"' in shown
    assert '<div class="error" id="id_name-error">This field is required.</div>' in shown


def test_help_is_read_with_the_control_when_nothing_is_wrong():
    shown = rendered("{% form_field form.name %}", form=ProposalForm())
    assert 'aria-describedby="id_name_helptext"' in shown
    assert '<div class="help" id="id_name_helptext">As in the minutes.</div>' in shown


def test_what_may_stay_empty_says_so():
    shown = rendered("{% for field in form %}{% form_field field %}{% endfor %}", form=ProposalForm())
    assert shown.count("(optional)") == 1
    assert 'Purpose <span class="required">(optional)</span>' in shown


def test_a_tick_stands_before_its_label():
    shown = rendered("{% form_field form.is_urgent %}", form=ProposalForm())
    assert shown.index("<input") < shown.index("Urgent")
    assert 'class="form-check-input"' in shown


def test_the_pager_keeps_what_the_address_asks_for():
    page = Paginator(range(1234), 100).get_page(2)
    shown = rendered('{% pager page "projects" %}', "/projects/?stage=active&page=2", page=page)
    assert "101–200 of 1,234 projects" in shown
    assert 'href="?stage=active&amp;page=1"' in shown
    assert 'href="?stage=active&amp;page=3"' in shown


def test_one_page_needs_no_pager():
    assert rendered("{% pager page %}", page=Paginator(range(3), 100).get_page(1)).strip() == ""


@pytest.mark.parametrize(
    ("address", "href", "sort"),
    [
        ("/?q=a&page=4", "?q=a&amp;sort=cost", ""),
        ("/?sort=cost", "?sort=-cost", 'aria-sort="ascending"'),
        ("/?sort=-cost", "?sort=cost", 'aria-sort="descending"'),
    ],
)
def test_a_heading_sorts_and_then_turns_round(address, href, sort):
    shown = rendered('{% sortable "cost" "Cost" "number" %}', address)
    assert f'<a href="{href}">' in shown
    assert ("aria-sort" in shown) == bool(sort)
    assert sort in shown


def test_a_get_form_keeps_the_rest_of_the_address():
    shown = rendered('{% keep_query "page" %}', '/?stage=a&stage=b&page=2&q="><b>')
    assert shown == (
        '<input type="hidden" name="stage" value="a"><input type="hidden" name="stage" value="b">'
        '<input type="hidden" name="q" value="&quot;&gt;&lt;b&gt;">'
    )


def test_a_tile_shows_value_comparison_and_the_way_to_its_records():
    shown = rendered('{% tile "Cost" "GBP 3m" comparison="of 4m" trend="+1" trend_is="bad" url="/p/" %}')
    assert '<a href="/p/">GBP 3m</a>' in shown
    assert '<span class="trend-bad">+1</span> of 4m' in shown


def test_a_tile_without_a_value_says_nothing_rather_than_zero():
    assert '<div class="tile-value">–</div>' in rendered('{% tile "Value" %}')


def test_a_conflict_shows_all_three_versions():
    change = SimpleNamespace(label="Cost", before="1", after="2", yours="3", who="Mei", at=None)
    shown = rendered('{% conflict changes "project" %}', changes=[change])
    assert [f">{value}<" in shown for value in "123"] == [True, True, True]
    assert "Somebody else saved this project" in shown


def test_a_dangerous_button_asks_first_and_posts_with_a_token():
    shown = rendered('{% confirm "stop" "Stop it?" "Stop" "/stop/" css="btn-danger" %}', csrf_token="t" * 64)
    assert 'command="show-modal" commandfor="stop"' in shown
    assert '<form method="post" action="/stop/">' in shown
    assert "csrfmiddlewaretoken" in shown


def test_an_empty_page_teaches_the_next_step():
    shown = rendered('{% empty_state "No project yet" "Import one." url="/import/" action="Import a list" %}')
    assert '<a class="btn btn-primary" href="/import/">Import a list</a>' in shown


def test_the_place_one_is_at_is_told_to_screen_readers():
    shown = rendered("{% tabs tabs %}", tabs=[{"label": "A", "url": "/a/", "active": True, "count": 3}])
    assert 'aria-current="page"' in shown
    trail = rendered("{% breadcrumbs trail %}", trail=[("Top", "/"), ("Here", "")])
    assert '<li><a href="/">Top</a></li><li>Here</li>' in trail
