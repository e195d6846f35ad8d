"""Requests, their forms, triage and look-alikes in the permission table."""

from typing import Any

from mainstay.core.models import Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.core.verbs import Verb
from mainstay.identification.models import Request
from mainstay.identification.operations.forms import create_form, publish_form
from mainstay.identification.operations.requests import draft_request, save_request, submit_request
from tests.permissions.rows import CLOSED, SIGNED_IN, Room, Row
from tests.world import PASSWORD

QUESTIONS: dict[str, Any] = {
    "sections": [
        {"key": "need", "title": "Need", "fields": [{"key": "who", "label": "For whom", "required_at": "submit"}]}
    ]
}
_CODE = {"code": "request"}
_FORM = {"key": "form"}
_SEEN = Verb.SEE_REQUESTS


def furnish(world: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A form, a request in Networks, and others with marks: outside, in the sealed part, and a draft inside."""
    form = create_form(None, actor=MAINSTAY, key="idea", name="Idea", draft=QUESTIONS)
    edition = publish_form(form, actor=MAINSTAY)
    asker = create_person(None, actor=MAINSTAY, username="asker", name="Somebody Else", password=PASSWORD)
    for place in (world.top, world.secret):
        give_grant(asker, actor=MAINSTAY, role=Role.REQUESTER, path=place.path)

    def ask(portfolio: Any, title: str) -> Request:
        person = Person.objects.get(username="asker")
        made = draft_request(portfolio, actor=person, edition=edition, title=title, description=title)
        return save_request(made, actor=person, answers={"who": title})

    def sent(portfolio: Any, title: str) -> Request:
        return submit_request(ask(portfolio, title), actor=Person.objects.get(username="asker"))

    inside, other = sent(world.networks, "Inside"), sent(world.networks, "Inside, too")
    outside = sent(world.top, "Asked zq7outside")
    sent(world.secret, "Asked zq7secret")
    ask(world.networks, "A draft zq7secret")
    keys = {"request": inside.code, "other_request": other.code, "form": form.key}
    return keys, {"request": outside.code, "other_request": outside.code, "form": form.key}


ROOM = Room(
    pages={
        "requests": Row(SIGNED_IN, place="somewhere"),
        "request_new": Row(Verb.REQUEST_DRAFT, Verb.REQUEST_DRAFT, place="somewhere", sent={"form": "idea"}),
        "request_alike": Row(None, SIGNED_IN, sent={"title": "Pumps and meters zq7"}),
        "request": Row(_SEEN, arguments=_CODE),
        "request_edit": Row(CLOSED, CLOSED, arguments=_CODE),
        "request_case_opening": Row(None, Verb.REQUEST_ASSIGN, arguments=_CODE),
        "request_answer": Row(None, CLOSED, arguments=_CODE),
        "request_withdrawal": Row(None, CLOSED, arguments=_CODE),
        "request_assignment": Row(None, Verb.REQUEST_ASSIGN, arguments=_CODE),
        "request_question": Row(None, Verb.REQUEST_ASK, arguments=_CODE, sent={"text": "For whom?"}),
        "request_return": Row(None, Verb.REQUEST_RETURN, arguments=_CODE, sent={"text": "For whom?"}),
        "request_acceptance": Row(None, Verb.REQUEST_ACCEPT, arguments=_CODE),
        "request_rejection": Row(None, Verb.REQUEST_REJECT, arguments=_CODE, sent={"reason": "No."}),
        "request_merger": Row(None, Verb.REQUEST_MERGE, arguments=_CODE, sent={"into": "REQ-0002", "reason": "Same"}),
        "triage": Row(_SEEN, query="state=all"),
        "triage_export": Row(_SEEN),
        "triage_many": Row(None, Verb.REQUESTS_TRIAGE, sent={"selected": "REQ-0001", "action": "assign"}),
        "duplicates": Row(Verb.DUPLICATE_DISMISS, query="level=0.4"),
        "duplicate_merger": Row(
            None, Verb.DUPLICATE_MERGE, sent={"merged": "PUMPS", "survivor": "METERS", "reason": "Same"}
        ),
        "duplicate_dismissal": Row(
            None, Verb.DUPLICATE_DISMISS, sent={"one": "PUMPS", "other": "METERS", "reason": "Other"}
        ),
        "request_forms": Row(Verb.FORM_CREATE, Verb.FORM_CREATE, place="root"),
        "request_form": Row(Verb.FORM_EDIT, Verb.FORM_EDIT, place="root", arguments=_FORM),
        "request_form_preview": Row(Verb.FORM_EDIT, Verb.FORM_EDIT, place="root", arguments=_FORM),
        "request_form_publication": Row(None, Verb.FORM_PUBLISH, place="root", arguments=_FORM),
        "request_form_file": Row(Verb.FORM_EDIT, Verb.FORM_EDIT, place="root", arguments=_FORM),
    },
    nouns={"requests": "request", "forms": "form"},
    placed=frozenset({"request"}),
    root=frozenset({"form.create", "form.edit", "form.publish"}),
    sent={
        "form.create": {"key": "another", "name": "Another"},
        "form.edit": {"name": "Renamed"},
        "form.publish": {},
        "request.draft": {"portfolio": "NET", "form": "idea", "title": "One more"},
        "request.save": {"title": "Renamed"},
        "request.answer": {"text": "Twelve."},
        "request.assign": {"officer": None},
        "request.ask": {"text": "For whom?"},
        "request.return": {"text": "For whom?"},
        "request.reject": {"reason": "No."},
        "request.merge": {"into": "REQ-0002", "reason": "Same"},
        "requests.triage": {"requests": ["REQ-0001"], "action": "assign"},
        "duplicate.merge": {"into": "METERS", "reason": "Same"},
        "duplicate.dismiss": {"other": "METERS", "reason": "Other"},
        "see.request.alike": {"title": "Pumps and meters zq7"},
    },
    otherwise={
        # What only the requester does: nobody of the cast asked for this request.
        "request.save": CLOSED,
        "request.submit": CLOSED,
        "request.answer": CLOSED,
        "request.withdraw": CLOSED,
    },
    reads={
        "see.request": _SEEN,
        "see.request.standing": _SEEN,
        "see.request.notes": _SEEN,
        "see.duplicates": Verb.DUPLICATE_DISMISS,
    },
    furnish=furnish,
)
