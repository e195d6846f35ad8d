"""No envelope is ever promised beyond what it holds, whatever wrote: an operation, an import, an undo."""

from mainstay.authorisation.funding.balance import balances, locked
from mainstay.authorisation.funding.rules import words
from mainstay.authorisation.models import CarryOver, Commitment
from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.value.models import Envelope


@history.follows(Envelope, Commitment, CarryOver)
def keep_within_envelopes(written: list[history.Touched]) -> None:
    """Refuse the whole operation where it leaves an envelope with less than it has promised."""
    rows = locked(pk for touched in written for pk in _envelopes_of(touched.row))
    sums = balances(rows)
    for row in rows:
        if sums[row.pk].available < 0:
            over = words(-sums[row.pk].available, row)
            raise Impossible(f"{row} would be promised {over} beyond what it holds; nothing was changed.")


def _envelopes_of(row: Envelope | Commitment | CarryOver) -> tuple[int, ...]:
    if isinstance(row, Envelope):
        return (row.pk,)
    if isinstance(row, Commitment):
        return (row.envelope_id,)
    return row.origin_id, row.target_id
