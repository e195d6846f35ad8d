"""The investment mix: what each bucket takes against what it should take."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import altair as alt

from mainstay.charts import parts, words
from mainstay.charts.figure import Column, Figure, Kind, Row, Spec

STATES = {
    "\N{BLACK CIRCLE} Within its band": "good",
    "\N{BLACK UP-POINTING TRIANGLE} Above": "warn",
    "\N{BLACK DIAMOND} Below": "bad",
    "\N{EN DASH} No target": "none",
}
WITHIN, ABOVE, BELOW, NONE = STATES


@dataclass(frozen=True, slots=True)
class BucketMix:
    """One bucket: its amount in the figure's unit, its target share (0..1, None without), how far it may differ."""

    bucket: str
    amount: float
    target: float | None = None
    tolerance: float = 0.05
    url: str = ""


def mix_against_target(buckets: Sequence[BucketMix], unit: str, *, kind: Kind = "money") -> Figure:
    """Bars of each bucket's share in the order given, a band around its target, and a mark at the target.

    Tolerances are shares of the whole (0.05 is five percentage points). kind: "money" where the unit is a currency.

    >>> mix_against_target([BucketMix("Run", 7e6, 0.5), BucketMix("Grow", 3e6, 0.5)], "GBP").title
    'Run takes 70% against 50% and Grow 30% against 50%'
    """
    total = sum(bucket.amount for bucket in buckets)
    rows = tuple(_row(bucket, total, unit, kind) for bucket in buckets)
    return Figure(
        spec=_spec(),
        rows=rows,
        columns=(
            Column("Bucket", "bucket"),
            Column("Amount", "amount", kind, unit),
            Column("Share", "share", "percent"),
            Column("Target", "target", "percent"),
            Column("Tolerance, ± points", "tolerance", "percent"),
            Column("Difference", "difference"),
            Column("State", "state"),
        ),
        title=_title(rows, total),
        description="Bars of each bucket's share; the band is its target with tolerance, the mark the target itself.",
        params={"reach": max((max(row["share"] or 0, row["band_end"] or 0) for row in rows), default=1.0) or 1.0},
    )


def _row(bucket: BucketMix, total: float, unit: str, kind: Kind) -> Row:
    share = bucket.amount / total if total else None
    target = bucket.target
    apart = None if share is None or target is None else share - target
    amount = (
        words.money(bucket.amount, unit) if kind == "money" else f"{words.compact(bucket.amount)} {unit}".rstrip()
    )
    return {
        "bucket": bucket.bucket,
        "amount": bucket.amount,
        "share": share,
        "target": target,
        "tolerance": bucket.tolerance if target is not None else None,
        "band_start": None if target is None else max(0.0, target - bucket.tolerance),
        "band_end": None if target is None else target + bucket.tolerance,
        "difference": "" if apart is None else f"{words.signed(apart * 100)} points",
        "state": _state(apart, bucket.tolerance),
        "label": f"{words.percent(share)} · {amount}",
        "url": bucket.url,
    }


def _state(apart: float | None, tolerance: float) -> str:
    if apart is None:
        return NONE
    if abs(apart) <= tolerance + 1e-9:
        return WITHIN
    return ABOVE if apart > 0 else BELOW


def _title(rows: Sequence[Row], total: float) -> str:
    if total == 0:
        return "Nothing is in a bucket yet"
    aimed = [row for row in rows if row["target"] is not None]
    if not aimed:
        return "No bucket has a target yet"
    outside = [row for row in aimed if row["state"] != WITHIN]
    if not outside:
        return f"The mix is within its bands in {words.listed([row['bucket'] for row in aimed])}"
    outside.sort(key=lambda row: -round(abs(row["share"] - row["target"]), 9))
    told = [
        f"{row['bucket']} {words.percent(row['share'])} against {words.percent(row['target'])}" for row in outside
    ]
    told[0] = told[0].replace(outside[0]["bucket"], f"{outside[0]['bucket']} takes", 1)
    more = len(told) - 2
    return words.listed(told[:2]) + (f", and {words.counted(more, 'other')} outside the band" if more > 0 else "")


@cache
def _spec() -> Spec:
    x = parts.lengths("share", "Share of the whole", share=True)
    y = parts.names("bucket")
    rows = alt.Chart(parts.rows())
    band = rows.mark_bar(color=parts.named("line"), cornerRadius=2).encode(
        y=y, x=alt.X("band_start", type="quantitative", scale=x["scale"], axis=x["axis"]), x2=alt.X2("band_end")
    )
    base = rows.encode(y=y, x=x)
    bars = base.mark_bar(cursor="pointer", height=alt.RelativeBandSize(0.5)).encode(
        color=parts.status_colour("state", STATES, legend=True)
    )
    target = rows.mark_tick(color=parts.named("ink"), thickness=2, size=26)
    return parts.finish(
        alt.layer(band, bars, target.encode(y=y, x=alt.X("target", type="quantitative")), _label(rows, y))
    )


def _label(rows: alt.Chart, y: alt.Y) -> alt.Chart:
    """Share and amount behind whichever reaches further: the bar or the band."""
    placed = rows.transform_calculate(end="max(datum.share, datum.band_end || 0)")
    text: alt.Chart = placed.mark_text(align="left", dx=6, baseline="middle")
    return text.encode(y=y, x=alt.X("end", type="quantitative"), text=alt.Text("label", type="nominal"))
