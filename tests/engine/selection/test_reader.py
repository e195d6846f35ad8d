"""What a planning problem must look like, and the sentence with which nonsense is refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from mainstay.engine.selection import ProblemError, read_problem
from tests.engine.selection.builders import example

Document = dict[str, Any]
EVERY_RULE = "every-rule"
A_FULL = "$.candidates[0].options[0]"


def put(*steps: Any, value: Any) -> Callable[[Document], None]:
    """A change that puts a value at the end of a path."""

    def change(document: Document) -> None:
        here: Any = document
        for step in steps[:-1]:
            here = here[step]
        here[steps[-1]] = value

    return change


def option(**fields: Any) -> Callable[[Document], None]:
    """A change of the first option of the first candidate."""
    return lambda document: document["candidates"][0]["options"][0].update(fields)


def rule(**fields: Any) -> Callable[[Document], None]:
    """A change that adds a rule."""
    return lambda document: document["rules"].append({"id": "new", **fields})


def limit(**fields: Any) -> Callable[[Document], None]:
    """A change that adds a limit."""
    return lambda document: document["limits"].append({"id": "new", **fields})


def without(name: str) -> Callable[[Document], None]:
    """A change that leaves out a field of the document."""
    return lambda document: document.pop(name)


def circle(document: Document) -> None:
    """A change after which B waits for A, E for B and A for E."""
    rule(kind="finish_to_start", before="B", after="E")(document)
    rule(kind="finish_to_start", before="E", after="A")(document)
    document["rules"][-1]["id"] = "last"


REFUSED = [
    (put("format", value="mainstay-plan/2"), '$.format: must be "mainstay-plan/1"'),
    (without("format"), '$: "format" is missing'),
    (without("limits"), '$: "limits" is missing'),
    (put("periods", value=0), "$.periods: 0 must lie between 1 and 10000"),
    (put("periods", value=2.5), "$.periods: 2.5 must be a whole number"),
    (put("periods", value=True), "$.periods: must be a number, not true or false"),
    (put("periods", value="4"), "$.periods: must be a number, not a text"),
    (put("limits", value={}), "$.limits: must be a list, not an object"),
    (put("candidates", 0, value=None), "$.candidates[0]: must be an object, not null"),
    (put("colour", value="red"), "$.colour: is not a field that is known here"),
    (limit(total=5, totl=5), "$.limits[3].totl: is not a field that is known here"),
    (limit(), '$.limits[3]: the limit "new" needs either by_period or total, and not both'),
    (
        limit(total=5, by_period=[1, 1, 1, 1]),
        '$.limits[3]: the limit "new" needs either by_period or total, and not both',
    ),
    (limit(by_period=[1, 1]), "$.limits[3].by_period: has 2 amounts for 4 periods"),
    (limit(by_period=[1, -1, 1, 1]), "$.limits[3].by_period[1]: -1 must not be negative"),
    (limit(total=float("inf")), "$.limits[3].total: must be a finite number"),
    (limit(total=10**400), "$.limits[3].total: must be a finite number"),
    (limit(total=1e17), "$.limits[3].total: 1e+17 is too large to be reckoned with exactly"),
    (limit(total=5, window=[2, 2]), "$.limits[3].window: no period lies from 2 to before 2"),
    (limit(total=5, window=[-1, 2]), "$.limits[3].window[0]: -1 is before the first period 0"),
    (limit(total=5, window=[0, 5]), "$.limits[3].window[1]: 5 is beyond the 4 periods"),
    (limit(total=5, window=[0]), "$.limits[3].window: must be two periods, the first and the one after the last"),
    (limit(by_period=[1, 1, 1, 1], window=[0, 2]), "$.limits[3].window: only a total can have a window"),
    (limit(total=5, overload={"share": -0.1, "price": 1}), "$.limits[3].overload.share: -0.1 must not be negative"),
    (limit(total=5, overload={"share": 0.1}), '$.limits[3].overload: "price" is missing'),
    (put("limits", 1, "id", value="money"), '$.limits[1].id: the limit "money" appears twice'),
    (put("limits", 1, "id", value=" "), "$.limits[1].id: must not be empty"),
    (put("candidates", 1, "id", value="A"), '$.candidates[1].id: the candidate "A" appears twice'),
    (
        put("candidates", 1, "options", value=[]),
        '$.candidates[1].options: the candidate "B" needs at least one option',
    ),
    (
        put("candidates", 0, "options", 1, "id", value="full"),
        '$.candidates[0].options[1].id: the option "full" appears twice',
    ),
    (put("candidates", 1, "forced", value="maybe"), '$.candidates[1].forced: "maybe" must be "in", "out" or null'),
    (option(duration=-1), f"{A_FULL}.duration: -1 must not be negative"),
    (option(starts=[]), f"{A_FULL}.starts: must name at least one period"),
    (option(starts=[0, 1, 1]), f"{A_FULL}.starts[2]: the start 1 appears twice"),
    (option(starts=[0, 1, -2]), f"{A_FULL}.starts[2]: -2 is before the first period 0"),
    (option(starts=[0, 1, 4]), f"{A_FULL}.starts[2]: 4 is after the last period 3"),
    (option(starts=[0, 1]), f"{A_FULL}.value_by_start: has 3 values for 2 starts"),
    (option(value=3), f"{A_FULL}: needs either value or value_by_start, and not both"),
    (option(value_by_start=None), f"{A_FULL}: needs either value or value_by_start, and not both"),
    (option(value_by_start=[1, float("nan"), 1]), f"{A_FULL}.value_by_start[1]: must be a finite number"),
    (option(value_by_start=None, value=float("inf")), f"{A_FULL}.value: must be a finite number"),
    (option(use={"gold": [1]}), f'{A_FULL}.use.gold: there is no limit "gold"'),
    (option(use={"money": [1, -1]}), f"{A_FULL}.use.money[1]: -1 must not be negative"),
    (option(use={"money": 5}), f"{A_FULL}.use.money: must be a list, not a number"),
    (option(measures={"risk": "high"}), f"{A_FULL}.measures.risk: must be a number, not a text"),
    (option(tags={"bucket": 3}), f"{A_FULL}.tags.bucket: must be a text, not a number"),
    (put("rules", 1, "id", value="platform first"), '$.rules[1].id: the rule "platform first" appears twice'),
    (rule(), '$.rules[8]: "kind" is missing'),
    (rule(kind="requires", candidate="B"), '$.rules[8]: "needs" is missing'),
    (rule(kind="requires", candidate="B", needs="Z"), '$.rules[8].needs: there is no candidate "Z"'),
    (rule(kind="requires", candidate="B", needs="B"), '$.rules[8].needs: the candidate "B" cannot need itself'),
    (rule(kind="finish_to_start", before="B", after="B"), '$.rules[8].after: the candidate "B" cannot follow itself'),
    (rule(kind="finish_to_start", before="B", after="C", lag=0.5), "$.rules[8].lag: 0.5 must be a whole number"),
    (circle, '$.rules[9]: "E" would have to finish before itself: the order runs in a circle'),
    (rule(kind="at_most_one", candidates=[]), "$.rules[8].candidates: must name at least one candidate"),
    (rule(kind="at_most_one", candidates=["B", "B"]), '$.rules[8].candidates[1]: the candidate "B" appears twice'),
    (rule(kind="all_or_none", candidates=["B", "Z"]), '$.rules[8].candidates[1]: there is no candidate "Z"'),
    (rule(kind="share", of="money", where={"bucket": "run"}), "$.rules[8]: needs a min, a max or both"),
    (rule(kind="share", of="money", where={}, max=0.5), "$.rules[8].where: must name at least one tag"),
    (rule(kind="share", of="gold", where={"bucket": "run"}, max=0.5), '$.rules[8].of: there is no limit "gold"'),
    (rule(kind="share", of="money", where={"bucket": "run"}, max=40), "$.rules[8].max: 40 must lie between 0 and 1"),
    (
        rule(kind="share", of="money", where={"bucket": "run"}, min=0.6, max=0.5),
        "$.rules[8].min: 0.6 is above the max 0.5",
    ),
    (rule(kind="measure", measure="growth", max=3), '$.rules[8].measure: no option has a measure "growth"'),
    (rule(kind="measure", measure="risk", max=float("nan")), "$.rules[8].max: must be a finite number"),
    (rule(kind="bonus", candidates=["A", "B"], value="5"), "$.rules[8].value: must be a number, not a text"),
    (rule(kind="saving", candidates=["A"], limit="gold", amount=1), '$.rules[8].limit: there is no limit "gold"'),
    (
        rule(kind="saving", candidates=["A"], limit="analysts", amount=1),
        '$.rules[8].limit: a saving needs a limit with a total, "analysts" goes by period',
    ),
    (rule(kind="saving", candidates=["A"], limit="money", amount=-1), "$.rules[8].amount: -1 must not be negative"),
]


@pytest.mark.parametrize(("change", "sentence"), REFUSED, ids=[sentence for _, sentence in REFUSED])
def test_nonsense_is_refused_with_its_place(change: Callable[[Document], None], sentence: str):
    document = example(EVERY_RULE)
    change(document)
    with pytest.raises(ProblemError) as refusal:
        read_problem(document)
    assert str(refusal.value) == sentence


def test_an_unknown_kind_of_rule_is_refused_with_the_kinds_there_are():
    document = example(EVERY_RULE)
    rule(kind="budget")(document)
    with pytest.raises(ProblemError) as refusal:
        read_problem(document)
    assert refusal.value.path == "$.rules[8].kind"
    assert refusal.value.sentence == (
        'there is no kind of rule "budget", only all_or_none, at_most_one, bonus, finish_to_start, measure, '
        "requires, saving, share"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"periods": NaN}', "$: NaN is not a number that JSON knows"),
        ('{"periods": 1, "periods": 2}', '$: the field "periods" appears twice in one object'),
        ("[1, 2]", "$: must be an object, not a list"),
        ("7", "$: must be an object, not a number"),
    ],
)
def test_a_text_that_is_no_problem_is_refused(text: str, sentence: str):
    with pytest.raises(ProblemError) as refusal:
        read_problem(text)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("text", ["", "{", b"\xff\xfe\x00", "[" * 100_000])
def test_a_text_that_is_not_json_is_refused(text: str | bytes):
    with pytest.raises(ProblemError) as refusal:
        read_problem(text)
    assert refusal.value.path == "$"


def test_text_bytes_and_object_read_the_same():
    document = example(EVERY_RULE)
    text = json.dumps(document)
    assert read_problem(text) == read_problem(text.encode()) == read_problem(document)


def test_null_counts_as_left_out():
    document = example(EVERY_RULE)
    document["limits"][0]["window"] = document["limits"][0]["overload"] = document["candidates"][0]["note"] = None
    assert read_problem(document) == read_problem(example(EVERY_RULE))


def test_an_order_with_overlap_may_run_in_a_circle():
    document = example(EVERY_RULE)
    rule(kind="finish_to_start", before="B", after="A", lag=-9)(document)
    assert len(read_problem(document).rules) == 9
