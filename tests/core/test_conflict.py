"""Who saves second into any form sees both versions, loses nothing, and overwrites nothing they did not touch."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from mainstay.core.conflict import Conflict, as_sent, in_words, settled
from mainstay.core.errors import FieldChange, Stale
from mainstay.core.models import Person


class PlanForm(forms.Form):
    name = forms.CharField()
    share = forms.DecimalField(label="Target share", required=False)
    due = forms.DateField(required=False)
    size = forms.ChoiceField(choices=[("s", "Small"), ("Larger", [("l", "Large")])])
    tags = forms.MultipleChoiceField(choices=[("a", "Alpha"), ("b", "Beta")], required=False)
    is_open = forms.BooleanField(required=False)


TYPED = {"name": "Mine", "share": "10.0", "due": "2027-03-01", "size": "s", "tags": ["a"], "is_open": "on"}


def form_of(**more) -> PlanForm:
    data = QueryDict(mutable=True)
    for name, value in (TYPED | more).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    form = PlanForm(data)
    assert form.is_valid()
    return form


def stale(*changes: tuple) -> Stale:
    return Stale("plan", 1, 4, [FieldChange(name, name.title(), old, new, "Mei") for name, old, new in changes])


def test_what_both_changed_is_asked_and_what_only_the_other_changed_is_taken_over():
    conflict = Conflict(stale(("name", "Old", "Theirs"), ("share", Decimal("10.00"), Decimal(20))), form_of())
    assert [(clash.label, clash.before, clash.after, clash.yours) for clash in conflict.open_ones] == [
        ("Name", "Old", "Theirs", "Mine")
    ]
    assert [(clash.label, clash.before, clash.after) for clash in conflict.taken_over] == [
        ("Target share", "10.00", "20")
    ]
    assert conflict.version == 4
    assert (conflict.form["name"].value(), conflict.form["share"].value()) == ("Mine", "20")
    assert (conflict.form["due"].value(), conflict.form.errors) == ("2027-03-01", {})


def test_two_who_typed_the_same_are_not_asked():
    conflict = Conflict(stale(("name", "Old", "Mine")), form_of())
    assert (conflict.open_ones, [clash.field for clash in conflict.taken_over]) == ([], ["name"])


def test_every_kind_of_field_is_taken_over_as_a_browser_would_send_it():
    changes = [
        ("due", date(2027, 3, 1), date(2027, 4, 9)),
        ("size", "s", "l"),
        ("tags", ["a"], ["a", "b"]),
        ("is_open", True, False),
    ]
    conflict = Conflict(stale(*changes), form_of())
    assert conflict.form.is_valid()
    taken = {name: conflict.form.cleaned_data[name] for name in ("due", "size", "tags", "is_open")}
    assert taken == {"due": date(2027, 4, 9), "size": "l", "tags": ["a", "b"], "is_open": False}
    assert [clash.after for clash in conflict.taken_over] == ["9\xa0Apr\xa02027", "Large", "Alpha, Beta", "No"]


def test_what_the_form_does_not_hold_is_only_told():
    conflict = Conflict(stale(("terms.limit", 1, 2), ("stage", "a", "b")), form_of())
    assert (conflict.clashes, [change.field for change in conflict.told]) == ([], ["terms.limit", "stage"])


@pytest.mark.parametrize(("choice", "name"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_the_choice_is_sent_again_with_the_form(choice, name):
    conflict = Conflict(stale(("name", "Old", "Theirs")), form_of())
    shown = Template("{% load conflicts %}{% whose conflict %}").render(Context({"conflict": conflict}))
    assert '<input type="hidden" name="saved_name" value="Theirs">' in shown
    assert "Name: whose version stays?" in shown
    data = conflict.form.data.copy()
    data.update({"keep_name": choice, "saved_name": "Theirs"})
    again = settled(data)
    assert again["name"] == name
    assert again.getlist("tags") == ["a"]


def test_a_tick_the_other_one_removed_is_removed_by_choice():
    data = QueryDict("is_open=on&keep_is_open=theirs", mutable=True)
    assert "is_open" not in settled(data)


def test_the_other_version_may_be_looked_up_afresh():
    data = QueryDict("name=Mine&keep_name=theirs&saved_name=Old", mutable=True)
    assert settled(data, lambda name: [f"{name} now"])["name"] == "name now"


@pytest.mark.django_db
def test_rows_are_named_and_those_out_of_sight_are_not(world):
    mei, grace = world.controller, world.sponsor
    field = forms.ModelChoiceField(Person.objects.exclude(pk=grace.pk))
    assert in_words(field, mei.pk) == "Mei Tanaka"
    assert in_words(field, grace.pk) == "not open to you"
    assert as_sent(field, mei.pk) == [str(mei.pk)]
    assert as_sent(field, None) == [""]
    by_name = forms.ModelChoiceField(Person.objects.exclude(pk=grace.pk), to_field_name="username")
    assert as_sent(by_name, mei.pk) == [mei.username]
    assert as_sent(by_name, grace.pk) == [""]


@pytest.mark.django_db
def test_a_pointer_is_found_by_the_name_of_its_form_field(world):
    class OwnerForm(forms.Form):
        owner = forms.ModelChoiceField(Person.objects.all(), required=False)

    grace, mei = world.sponsor, world.controller
    form = OwnerForm(QueryDict(f"owner={mei.pk}"))
    assert form.is_valid()
    conflict = Conflict(stale(("owner_id", None, grace.pk)), form)
    clash = conflict.clashes[0]
    assert (clash.field, clash.after, clash.yours, clash.is_mine_too) == ("owner", "Grace Okafor", "Mei Tanaka", True)
