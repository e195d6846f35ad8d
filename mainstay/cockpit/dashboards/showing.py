"""Parts as pages show them: made once for everybody who may see the same, and again when their rows change."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from mainstay.cockpit.queries.remembering import Marks, kept, last_changes
from mainstay.core.templatetags.figures import day
from mainstay.portfolio.dashboard import Content, Part, Sight, plain

SIGN = 12


@dataclass(frozen=True)
class Shown:
    """A part ready for a page: its mark-up, what it adds to the sentence of the page, and a sign of its state."""

    key: str
    html: SafeString
    headline: str
    sign: str

    @property
    def known(self) -> str:
        """The part with its sign, as an open page sends it back to learn whether it changed."""
        return f"{self.key}:{self.sign}"

    @property
    def swapped(self) -> SafeString:
        """The mark-up that takes the place of the part in an open page."""
        return mark_safe(self.html.replace("<section ", '<section hx-swap-oob="true" ', 1))  # noqa: S308  (our own)


class Stage:
    """Shows parts of one sight; what changed where is asked once for all of them."""

    def __init__(self, sight: Sight, parts: Sequence[Part], level: int = 3) -> None:
        self.sight, self.level, self.parts = sight, level, parts
        near, far = ([part for part in parts if part.is_anywhere is anywhere] for anywhere in (False, True))
        self.marks = Marks(sight, nouns_of(near), nouns_of(far))

    def shown(self) -> list[Shown]:
        """Every part, in order."""
        return [self.show(part) for part in self.parts]

    def show(self, part: Part) -> Shown:
        """A part as mark-up."""
        return Shown(part.key, *self._kept(part, f"shown{self.level}", lambda: self._made(part)))

    def plain(self, part: Part) -> dict[str, Any]:
        """A part for programs."""
        return self._kept(part, "plain", lambda: plain(part.fill(self.sight)))

    def _kept(self, part: Part, kind: str, make: Any) -> Any:
        own = f":{self.sight.user.pk}" if part.is_personal else ""
        state = self.marks.of(part.moved_by, anywhere=part.is_anywhere)
        return kept(self.sight, f"part:{part.key}:{kind}{own}", state, make)

    def _made(self, part: Part) -> tuple[SafeString, str, str]:
        content = part.fill(self.sight)
        context = {
            "part": part,
            "content": content,
            "level": self.level,
            "chart_level": self.level + 1,
            "fresh": self._freshness(part, content),
        }
        html = render_to_string("cockpit/part.html", context).strip()
        return mark_safe(html), content.headline, hashlib.sha256(html.encode()).hexdigest()[:SIGN]  # noqa: S308

    def _freshness(self, part: Part, content: Content) -> str:
        if not self.sight.is_today:
            return f"As known on {day(self.sight.day)}"
        known = self.sight.once("changes", lambda: last_changes(self.sight, nouns_of(self.parts)))
        moments = [content.fresh] if content.fresh else [known[noun] for noun in part.moved_by if noun in known]
        return f"Last change {_said(max(moments))}" if moments else ""


def _said(moment: datetime) -> str:
    here = timezone.localtime(moment)
    return f"{day(here.date())}, {here:%H:%M}"


def nouns_of(parts: Iterable[Part]) -> set[str]:
    """Every kind of row that moves one of the parts."""
    return {noun for part in parts for noun in part.moved_by}
