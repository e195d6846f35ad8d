"""The strategy as its page shows it: the rows of the tree that are open, the figures, and the sentence above."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from mainstay.charts import words
from mainstay.core.verbs import Verb
from mainstay.portfolio.views.sent import asked_for
from mainstay.strategy.asked import Asked
from mainstay.strategy.forms.goals import GoalForm
from mainstay.strategy.models import Goal
from mainstay.strategy.queries.tree import Node


class TreePage:
    """What the page of the tree needs."""

    def __init__(self, asked: Asked, form: GoalForm | None = None) -> None:
        self.asked, self.strategy, self.figures = asked, asked.strategy, asked.figures
        self.typed = form
        self.shut = {code for code in asked_for(asked.request, "shut").split(",") if code}
        self.shows_closed = asked_for(asked.request, "closed") == "yes"
        self.under = asked_for(asked.request, "under")

    @cached_property
    def rows(self) -> list[tuple[Node, str]]:
        """The goals that are shown, each with the address that folds or unfolds what lies below it."""
        shown: list[tuple[Node, str]] = []
        for root in self.strategy.roots:
            self._show(root, shown)
        return shown

    def _show(self, node: Node, shown: list[tuple[Node, str]]) -> None:
        if node.goal.is_closed and not self.shows_closed:
            return
        shown.append((node, self._fold(node) if node.children else ""))
        if node.goal.code not in self.shut:
            for child in node.children:
                self._show(child, shown)

    def _fold(self, node: Node) -> str:
        return self._address(self.shut ^ {node.goal.code}, self.shows_closed)

    def _address(self, shut: set[str], closed: bool) -> str:
        more = {"shut": ",".join(sorted(shut)), "closed": "yes" if closed else ""}
        return f"?{urlencode([*self.asked.kept, *((name, text) for name, text in more.items() if text)])}"

    @property
    def other_closed(self) -> str:
        """The address that shows closed goals, or hides them."""
        return self._address(self.shut, not self.shows_closed)

    @property
    def closed_count(self) -> int:
        """How many goals are closed."""
        return len(self.strategy.nodes) - len(self.strategy.open)

    @property
    def may_create(self) -> bool:
        """Whether the person may write down a goal somewhere."""
        return self.asked.may_somewhere(Verb.GOAL_CREATE)

    @property
    def may_weigh(self) -> bool:
        """Whether the person may weigh goals somewhere."""
        return self.asked.may_somewhere(Verb.GOALS_WEIGH)

    @cached_property
    def form(self) -> GoalForm:
        """The form of a new goal, under the one that was chosen."""
        if self.typed is not None:
            return self.typed
        parent = Goal.objects.visible_to(self.asked.reading.user).filter(code=self.under).first()
        place = parent.portfolio if parent and parent.portfolio else self.asked.portfolio
        initial = {"parent": self.under, "portfolio": place.code if place else ""}
        return GoalForm(user=self.asked.reading.user, initial=initial)

    @property
    def finding(self) -> str:
        """What the tree says, in a sentence."""
        objectives = self.strategy.objectives
        if not self.strategy.open:
            return "Nothing is written down yet."
        told = [f"{words.counted(len(self.strategy.open), 'open goal')}"]
        if objectives:
            served = len(objectives) - len(self.strategy.unfunded)
            told.append(f"{served} of {words.counted(len(objectives), 'objective')} have work behind them")
        if self.figures.share is not None:
            money = words.percent(float(self.figures.share))
            told.append(f"{money} of the money in {self.asked.work.label.lower()} serves a goal")
        return "; ".join(told) + "."

    @property
    def note(self) -> str:
        """What the first figure leaves out."""
        told = [f"{code} {words.percent(_float(share))}" for code, share in self.figures.others]
        missing = self.figures.whole.without_cost
        if missing:
            told.append(f"{words.counted(missing, 'project')} without a cost left out")
        return "; ".join(told)


def _float(share: Any) -> float | None:
    return None if share is None else float(share)
