"""What one may do to a booking on its pages: the form, the words, and the operation that carries it out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mainstay.core.verbs import Verb
from mainstay.resources.forms import bookings as forms
from mainstay.resources.operations import bookings as operations


@dataclass(frozen=True)
class Action:
    """One way to change a booking."""

    key: str
    title: str
    button: str
    done: str
    verb: Verb
    form: type[forms.ChangeForm]
    act: Callable[..., Any]
    offers_matches: bool = False


ACTIONS = {
    action.key: action
    for action in (
        Action(
            "edit", "Move or change", "Change the booking", "The booking is changed.", Verb.BOOKING_EDIT,
            forms.EditForm, operations.edit_booking,
        ),
        Action(
            "split", "Split", "Split the booking", "The booking is split.", Verb.BOOKING_SPLIT,
            forms.SplitForm, operations.split_booking,
        ),
        Action(
            "share", "Share with somebody", "Share the hours", "The hours are shared.", Verb.BOOKING_SPLIT,
            forms.ShareForm, operations.split_booking, offers_matches=True,
        ),
        Action(
            "replace", "Replace", "Replace", "Somebody else takes over.", Verb.BOOKING_REPLACE,
            forms.ReplaceForm, operations.replace_booking, offers_matches=True,
        ),
        Action(
            "remove", "Remove", "Remove the booking", "The booking is removed.", Verb.BOOKING_REMOVE,
            forms.RemoveForm, operations.remove_booking,
        ),
    )
}  # fmt: skip
