"""The investment mix as its page shows it."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse

from mainstay.charts import Figure, words
from mainstay.charts.mix_against_target import BucketMix, mix_against_target
from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.portfolio.views.sent import asked_for
from mainstay.strategy.asked import Asked
from mainstay.strategy.queries.mix import Filled, Mix, classifications_for

PROJECTS_ON_A_PAGE = 50
NONE = "none"


class MixPage:
    """One classification with its buckets, and the projects of one of them."""

    def __init__(self, asked: Asked, code: str = "") -> None:
        self.asked = asked
        self.kinds = classifications_for(asked.reading.user, asked.portfolio, asked.reading.as_of)
        self.kind = self._chosen(code or asked_for(asked.request, "kind"))
        self.mix = Mix(self.kind, asked.work) if self.kind else None
        self.bucket = asked_for(asked.request, "bucket")

    def _chosen(self, code: str) -> Any:
        if not code:
            return self.kinds[0] if self.kinds else None
        found = next((kind for kind in self.kinds if kind.code == code), None)
        if found is None:
            raise Missing("There is no such classification, or it is not open to you.")
        return found

    @property
    def here(self) -> str:
        """The address of this classification, with room for more behind it."""
        return f"{reverse('mix')}{self.asked.more}kind={self.kind.code}"

    @property
    def lines(self) -> list[tuple[Filled, str]]:
        """The buckets with the addresses of their projects, then what lies in none."""
        told = [(line, f"{self.here}&bucket={line.bucket.row_id}#projects") for line in self.mix.lines]
        return [*told, (self.mix.unplaced, f"{self.here}&bucket={NONE}#projects")]

    @property
    def chart(self) -> Figure:
        """Each bucket's share against its target."""
        bars = [
            BucketMix(
                line.bucket.name, float(line.amount), float(line.target), float(line.bucket.tolerance) / 100, url
            )
            for line, url in self.lines
            if line.bucket is not None
        ]
        unplaced = self.mix.unplaced
        if unplaced.amount:
            bars.append(BucketMix("In no bucket", float(unplaced.amount), url=self.lines[-1][1]))
        return mix_against_target(bars, self.mix.currency)

    @cached_property
    def page(self) -> Page[Any] | None:
        """The projects of the bucket that was asked for."""
        if not self.bucket or self.mix is None:
            return None
        known = {str(one.row_id): {"bucket": one.row_id} for one in self.mix.buckets} | {
            NONE: {"bucket__isnull": True}
        }
        if self.bucket not in known:
            raise Missing("There is no such bucket.")
        rows = self.mix.projects().filter(**known[self.bucket])
        rows = rows.select_related("stage", "owner").defer("description").order_by("-cost_seen", "code")
        return Paginator(rows, PROJECTS_ON_A_PAGE).get_page(asked_for(self.asked.request, "page"))

    @property
    def bucket_name(self) -> str:
        """What the bucket that was asked for is called."""
        found = next((str(one) for one in self.mix.buckets if str(one.row_id) == self.bucket), "")
        return found or "No bucket"

    @property
    def may_place(self) -> bool:
        """Whether the person may place projects somewhere."""
        return self.asked.may_somewhere(Verb.PROJECTS_CLASSIFY)

    def may_place_one(self, project: Any) -> bool:
        """Whether the person may place this project."""
        return access.may(self.asked.reading.user, Verb.PROJECTS_CLASSIFY, project)

    @property
    def rows(self) -> list[tuple[Any, bool]]:
        """The projects of this page, each with whether it may be placed."""
        return [(row, self.may_place and self.may_place_one(row)) for row in self.page]

    @property
    def may_create(self) -> bool:
        """Whether the person may write down a classification somewhere."""
        return self.asked.may_somewhere(Verb.CLASSIFICATION_CREATE)

    @property
    def may_edit(self) -> bool:
        """Whether the person may change this one."""
        return self.kind is not None and self.asked.may(Verb.CLASSIFICATION_EDIT, self.kind.portfolio)

    @property
    def finding(self) -> str:
        """What the mix says, in a sentence."""
        if self.mix is None:
            return "Nobody has said yet which kinds of work there are."
        off = [line for line in self.mix.lines if line.is_off]
        if self.mix.largest is None:
            return "No project that counts gives a cost."
        if not off:
            return f"Every bucket lies within its tolerance in {self.asked.work.label.lower()}."
        line = self.mix.largest
        points = words.number(abs(float(line.deviation)), 0)
        more = "above" if line.deviation > 0 else "below"
        several = f" {len(off)} of {len(self.mix.lines)} buckets are off target." if len(off) > 1 else ""
        return f"{line.bucket.name} lies {points} points {more} its target.{several}"
