"""What a dashboard can be asked to look at: a portfolio, programme, theme, owner or manager."""

from mainstay.cockpit.queries.remembering import Marks, kept
from mainstay.portfolio.choices import Control, FilterChoices
from mainstay.portfolio.dashboard import Sight
from mainstay.portfolio.dashboard.sight import SCOPE
from mainstay.portfolio.queries.remember import newest

NOUNS = ("project", "portfolio", "programme", "person")


def scope_choices(sight: Sight) -> list[Control]:
    """The menus to choose by, with what is chosen now."""
    state = Marks(sight, (), NOUNS).of(NOUNS, anywhere=True)
    return kept(sight, "scope", state, lambda: _menus(sight))


def _menus(sight: Sight) -> list[Control]:
    menus = {control.name: control for control in FilterChoices(sight.narrowed, newest()).all()}
    return [menus[name] for name in SCOPE]
