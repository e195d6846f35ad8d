"""The nouns of money as the REST API tells them."""

from mainstay.core.api.fields import VERSION, Field, Kind, number
from mainstay.core.api.resource import Resource
from mainstay.identification.models import CostType
from mainstay.monitoring.models import MoneyKind, RuleField, Treatment

_CODE = "The code of the portfolio."

LINES = Resource(
    "MoneyLine",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"),
        Field("kind", Kind.CHOICE, "What it says.", choices=tuple(MoneyKind.values), example="forecast"),
        Field("month", Kind.DAY, "The first day of the month.", example="2027-03-01"),
        Field("treatment", Kind.CHOICE, "How the accounts treat it.", choices=tuple(Treatment.values)),
        Field("cost_type", Kind.CHOICE, "What kind of cost it is.", choices=tuple(CostType.values)),
        Field("fund", Kind.TEXT, "The key of the fund.", "fund__key", may_be_missing=True),
        Field("amount", Kind.MONEY, "In the currency of the project.", example="25000.00"),
        VERSION,
    ),
    key="id",
    order=("project", "month", "id"),
)
POSTINGS = Resource(
    "LedgerLine",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("portfolio", Kind.TEXT, _CODE, "portfolio__code", example="NET"),
        Field("source", Kind.TEXT, "The ledger.", example="Ledger"),
        Field("external_key", Kind.TEXT, "The key in the ledger."),
        number("file", "The number of the file it came with.", lookup="file_id", example=1),
        Field("project", Kind.TEXT, "The code of its project.", "project__code", may_be_missing=True),
        Field("is_order", Kind.YES_NO, "Whether it is ordered and not spent yet."),
        Field("date", Kind.DAY, "When it was posted."),
        Field("month", Kind.DAY, "The first day of its month."),
        Field("amount", Kind.MONEY, "As posted.", example="25000.00"),
        Field("currency", Kind.TEXT, "The currency of the amount.", example="GBP"),
        Field("own_amount", Kind.MONEY, "In the currency of the project.", may_be_missing=True),
        Field("rate", Kind.DECIMAL, "The rate it was taken at.", may_be_missing=True),
        Field("treatment", Kind.CHOICE, "How the accounts treat it.", choices=tuple(Treatment.values)),
        Field("cost_type", Kind.CHOICE, "What kind of cost it is.", choices=tuple(CostType.values)),
        Field("text", Kind.TEXT, "What the ledger says about it."),
        VERSION,
    ),
    key="id",
    order=("id",),
)
FILES = Resource(
    "LedgerFile",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("portfolio", Kind.TEXT, _CODE, "portfolio__code", example="NET"),
        Field("source", Kind.TEXT, "The ledger.", example="Ledger"),
        Field("name", Kind.TEXT, "The name of the file."),
        Field("sha256", Kind.TEXT, "Its fingerprint."),
        Field("lines", Kind.WHOLE, "How many new lines it brought."),
        Field("imported_at", Kind.MOMENT, "When it was taken in."),
        VERSION,
    ),
    key="id",
    order=("-id",),
)
RULES = Resource(
    "LedgerRule",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("portfolio", Kind.TEXT, _CODE, "portfolio__code", example="NET"),
        Field("source", Kind.TEXT, "The ledger.", example="Ledger"),
        Field("field", Kind.CHOICE, "Where the words stand.", choices=tuple(RuleField.values)),
        Field("text", Kind.TEXT, "The words."),
        Field("project", Kind.TEXT, "The code of the project.", "project__code", example="PUMPS"),
        VERSION,
    ),
    key="id",
    order=("id",),
)
PERIODS = Resource(
    "ClosedMonth",
    (
        number("id", "The row's number.", lookup="pk", example=1),
        Field("portfolio", Kind.TEXT, _CODE, "portfolio__code", example="NET"),
        Field("month", Kind.DAY, "The first day of the month.", example="2027-03-01"),
        Field("closed_at", Kind.MOMENT, "When it was closed."),
        Field("closed_by", Kind.TEXT, "By whom, by sign-in name.", "closed_by__username", may_be_missing=True),
        Field("note", Kind.TEXT, "A note."),
        VERSION,
    ),
    key="id",
    order=("-month", "id"),
)
