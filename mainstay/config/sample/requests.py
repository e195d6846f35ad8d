"""What people asked for: three forms, requests in every state, two that say the same, and a portal that failed."""

from decimal import Decimal
from functools import partial
from typing import Any

from mainstay.config.sample import facts
from mainstay.config.sample.diary import Diary
from mainstay.config.sample.staff import Staff
from mainstay.core.system import MAINSTAY
from mainstay.identification.models import Request, RequestForm
from mainstay.identification.operations.duplicates import merge_request
from mainstay.identification.operations.forms import create_form, newest_edition, publish_form
from mainstay.identification.operations.requests import (
    answer_request,
    draft_request,
    submit_request,
    withdraw_request,
)
from mainstay.identification.operations.triage import (
    accept_request,
    ask_request,
    assign_request,
    reject_request,
    return_request,
)
from mainstay.portfolio.models import Portfolio, Project, Stage
from mainstay.portfolio.operations.projects import advance_project, authorise_project, edit_project, propose_project
from mainstay.strategy.models import Bucket

FORMS_OPENED = -720
OFFICE = "amara"
BOARD = "helen"


def enter(staff: Staff, diary: Diary) -> None:
    """Write forms, the failed project and every request into the diary."""
    told = facts.read("requests.toml")
    for position, form in enumerate(told["form"]):
        diary.enter(FORMS_OPENED, partial(_open_form, form, position), hour=8)
    _Failed(told["failed"], staff).enter(diary)
    for request in told["request"]:
        _Story(request, staff).enter(diary)
    draft = told["draft"]
    diary.enter(draft["day"], partial(_draft, draft, staff), hour=16)


def _open_form(told: dict[str, Any], position: int) -> None:
    draft = {"sections": told["sections"], "case_required_at": told.get("case", "")}
    form = create_form(
        None,
        actor=MAINSTAY,
        key=told["key"],
        name=told["name"],
        description=told["description"],
        answer_within_days=told["days"],
        position=position,
        draft=draft,
    )
    publish_form(form, actor=MAINSTAY, reason="First edition")


def _draft(told: dict[str, Any], staff: Staff) -> Request:
    edition: Any = newest_edition(RequestForm.objects.get(key=told["form"]))
    bucket = Bucket.objects.order_by("position").first() if told.get("bucket") else None
    answers = {"theme": facts.read("requests.toml")["themes"][told["portfolio"]], **told["answers"]}
    answers |= {"bucket": str(bucket.pk)} if bucket else {}
    return draft_request(
        Portfolio.objects.get(code=told["portfolio"]),
        actor=staff[told["by"]],
        edition=edition,
        title=told["title"],
        description=told["description"],
        answers=answers,
    )


class _Failed:
    """The project whose end is the lesson for whoever asks for a portal again."""

    def __init__(self, told: dict[str, Any], staff: Staff) -> None:
        self.told, self.staff = told, staff

    def enter(self, diary: Diary) -> None:
        """From the proposal to the end."""
        told = self.told
        diary.enter(told["proposed"], self._propose, hour=10)
        diary.enter(told["proposed"] + 20, partial(self._advance, "candidate"), hour=10)
        diary.enter(
            told["chosen"], partial(self._decide, "authorised", "Wished for by nine of ten callers."), hour=10
        )
        diary.enter(told["started"], partial(self._start, diary), hour=10)
        diary.enter(told["ended"], partial(self._decide, "cancelled", told["reason"]), hour=15)

    @property
    def project(self) -> Project:
        """The project as it is now."""
        return Project.objects.get(code=self.told["code"])

    def _propose(self) -> None:
        told = self.told
        propose_project(
            Portfolio.objects.get(code=told["portfolio"]),
            actor=self.staff["grace"],
            code=told["code"],
            name=told["name"],
            description=told["description"],
            theme=told["theme"],
            owner=self.staff["grace"],
            manager=self.staff["jonas"],
            cost=Decimal(told["cost"]),
            benefit=Decimal(told["benefit"]),
            risk=60,
        )

    def _start(self, diary: Diary) -> None:
        dates = {"start_date": diary.day(self.told["started"]), "end_date": diary.day(self.told["started"] + 480)}
        edit_project(self.project, actor=self.staff[OFFICE], **dates)
        self._advance("active")

    def _advance(self, stage: str) -> None:
        advance_project(self.project, actor=self.staff[OFFICE], target=Stage.objects.get(key=stage))

    def _decide(self, stage: str, reason: str) -> None:
        target = Stage.objects.get(key=stage)
        authorise_project(self.project, actor=self.staff[BOARD], target=target, reason=reason)


class _Story:
    """One request from its submission to where it stands today."""

    def __init__(self, told: dict[str, Any], staff: Staff) -> None:
        self.told, self.staff, self.days = told, staff, told["days"]

    def enter(self, diary: Diary) -> None:
        """Every step it took, on its day."""
        diary.enter(self.days["submitted"], self._submit, hour=11)
        steps = {
            "questioned": self._ask,
            "answered": self._answer,
            "returned": self._return,
            "accepted": self._accept,
            "rejected": self._reject,
            "withdrawn": self._withdraw,
        }
        for step, act in steps.items():
            if step in self.days:
                diary.enter(self.days[step], act, hour=14)
        if "merged" in self.told:
            diary.enter(self.told["merged"], self._merge, hour=15)

    @property
    def request(self) -> Request:
        """The request as it is now."""
        return Request.objects.get(title=self.told["title"])

    @property
    def _asker(self) -> Any:
        return self.staff[self.told["by"]]

    @property
    def _office(self) -> Any:
        return self.staff[OFFICE]

    def _submit(self) -> None:
        request = submit_request(_draft(self.told, self.staff), actor=self._asker)
        if "officer" in self.told:
            assign_request(request, actor=self._office, officer=self.staff[self.told["officer"]])

    def _ask(self) -> None:
        ask_request(self.request, actor=self._office, text=self.told["ask"])

    def _answer(self) -> None:
        answer_request(self.request, actor=self._asker, text=self.told["reply"])

    def _return(self) -> None:
        return_request(self.request, actor=self._office, text=self.told["ask"])

    def _accept(self) -> None:
        accept_request(self.request, actor=self._office)

    def _reject(self) -> None:
        reject_request(self.request, actor=self._office, reason=self.told["why"])

    def _withdraw(self) -> None:
        withdraw_request(self.request, actor=self._asker, reason=self.told["why"])

    def _merge(self) -> None:
        into = Request.objects.get(title=self.told["merged_into"])
        merge_request(self.request, actor=self._office, into=into, reason=self.told["why"])
