"""`mainstay plan`: the golden portfolio, solved and explained from a file."""

import io
import json
import subprocess
import sys

import pytest

from mainstay.cli import main

PROJECTS = [("A", 30, 100, 2, 2, 1), ("B", 26, 90, 2, 2, 0), ("C", 24, 80, 1, 1, 2), ("D", 15, 60, 2, 0, 1)]
PROJECTS.append(("E", 12, 50, 1, 1, 1))


def candidate(name, value, cost, duration, skill1, skill2):
    starts = list(range(5 - duration))
    return {
        "id": name,
        "options": [
            {
                "id": "full",
                "duration": duration,
                "starts": starts,
                "value_by_start": [value - start for start in starts],
                "use": {
                    "money": [cost / duration] * duration,
                    "skill 1": [skill1] * duration,
                    "skill 2": [skill2] * duration,
                },
            }
        ],
    }


@pytest.fixture
def golden():
    """Five projects, a budget of 320 and two skills over four periods; the best plan is worth 89."""
    return {
        "format": "mainstay-plan/1",
        "periods": 4,
        "limits": [
            {"id": "money", "unit": "EUR", "total": 320},
            {"id": "skill 1", "unit": "FTE", "by_period": [3, 3, 3, 3]},
            {"id": "skill 2", "unit": "FTE", "by_period": [2, 2, 2, 2]},
        ],
        "candidates": [candidate(*project) for project in PROJECTS],
        "rules": [],
    }


@pytest.fixture
def solve(tmp_path, monkeypatch, capsys):
    """Writes a problem to a file, solves it on the command line and gives what was printed."""
    monkeypatch.setenv("MAINSTAY_DATA", str(tmp_path / "data"))

    def run(problem, *options, code=0):
        file = tmp_path / "problem.json"
        file.write_text(problem if isinstance(problem, str) else json.dumps(problem))
        assert main(["plan", str(file), *options]) == code
        printed = capsys.readouterr()
        assert not (tmp_path / "data").exists(), "planning needs no data folder"
        return printed.out if code == 0 else printed.err.replace(str(file), "FILE")

    return run


def test_the_answer_as_a_document(golden, solve):
    answer = json.loads(solve(golden, "--json", "--seed", "7", "--explain", "D"))
    assert (answer["format"], answer["status"], answer["seed"]) == ("mainstay-plan-answer/1", "optimal", 7)
    assert (answer["objective"], answer["bound"], answer["gap"]) == (89, 89, 0)
    assert [choice["candidate"] for choice in answer["chosen"]] == ["A", "B", "C", "E"]
    [why] = answer["explanations"]
    assert (why["candidate"], why["price_of_inclusion"], why["displaces"]) == ("D", 8, ["C"])


def test_the_answer_in_words(golden, solve):
    lines = solve(golden, "--explain", "D,E").splitlines()
    assert lines[0] == "The best plan is worth 89; nothing better exists."
    assert lines[2] == "In (4 of 5)"
    assert [line.split()[0] for line in lines[3:7]] == ["A", "B", "C", "E"]
    assert lines[8:10] == ["Out (1 of 5)", "  D"]
    assert "  money    320 of 320 EUR          binding" in lines
    assert "D is out. With it the plan would be worth 8 less; C would leave." in lines
    assert "  With +10 on money, D would enter and E would leave, and the plan would be worth 92." in lines
    assert "E is in. Without it the plan would be worth 11 less." in lines


def test_a_candidate_forced_out_says_so_and_what_it_costs(golden, solve):
    golden["candidates"][0] |= {"forced": "out", "reason": "the site was sold"}
    text = solve(golden, "--explain", "A")
    assert "  A  forced out: the site was sold" in text.splitlines()
    assert "A is out: it is forced out." in text.splitlines()


def test_no_plan_is_an_answer_with_the_reason(golden, solve):
    for project in golden["candidates"]:
        project["forced"] = "in"
    assert json.loads(solve(golden, "--json"))["status"] == "infeasible"
    lines = solve(golden).splitlines()
    assert lines[0] == "No plan satisfies everything that is asked."
    assert lines[1] == "These cannot hold together: money, A, B, C, D."


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        ("{", "FILE: $: is not JSON: "),
        ('{"format": "mainstay-plan/2"}', 'FILE: $.format: must be "mainstay-plan/1"'),
        ('{"format": "mainstay-plan/1"}', "FILE: $"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_in_one_line(problem, line, solve):
    said = solve(problem, code=2)
    assert said.startswith(f"mainstay plan: {line}")
    assert said.count("\n") == 1


def test_a_limit_that_does_not_exist_is_named_with_its_place(golden, solve):
    golden["candidates"][1]["options"][0]["use"]["gold"] = [1, 1]
    said = solve(golden, code=2)
    assert said.startswith("mainstay plan: FILE: $.candidates[1].options[0].use")
    assert "gold" in said


def test_an_explanation_of_nobody_is_wrong_use(golden, solve):
    assert solve(golden, "--explain", "A,Z", code=2) == "mainstay plan: --explain: there is no candidate Z\n"


def test_a_file_that_is_not_there_is_wrong_use(tmp_path, capsys):
    assert main(["plan", str(tmp_path / "none.json")]) == 2
    said = capsys.readouterr().err
    assert said == f"mainstay plan: {tmp_path}/none.json cannot be read: No such file or directory\n"


def test_bytes_that_are_no_text_are_refused(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\x00")))
    assert main(["plan", "-"]) == 2
    assert capsys.readouterr().err == "mainstay plan: standard input is not text in UTF-8 (byte 0)\n"


def test_an_earlier_answer_is_changed_as_little_as_its_worth_allows(golden, solve, tmp_path):
    golden["candidates"][3]["forced"] = "in"
    earlier = tmp_path / "answer.json"
    earlier.write_text(solve(golden, "--json"))
    golden["candidates"][3]["forced"] = None
    assert json.loads(earlier.read_text())["objective"] == 81
    kept = solve(golden, "--from", str(earlier), "--give-up", "0.1")
    assert "The plan is worth 81; the best possible is at most 89 (9.88% more)." in kept
    assert kept.endswith("Nothing changes against the earlier answer.\n")
    changed = solve(golden, "--from", str(earlier))
    assert "The best plan is worth 89; nothing better exists." in changed
    assert changed.endswith("Changed against the earlier answer (2): C, D.\n")


def test_giving_up_worth_needs_an_earlier_answer(golden, solve):
    said = solve(golden, "--give-up", "0.1", code=2)
    assert said == "mainstay plan: --give-up needs --from: it is what may be lost for fewer changes\n"


def test_planning_loads_no_django(golden, tmp_path):
    (tmp_path / "problem.json").write_text(json.dumps(golden))
    asks = "import sys; from mainstay.cli import main; sys.exit(main(sys.argv[1:]) or 'django' in sys.modules)"
    words = [sys.executable, "-c", asks, "plan", str(tmp_path / "problem.json"), "--json"]
    outcome = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (outcome.returncode, json.loads(outcome.stdout)["objective"]) == (0, 89)


def test_a_robust_plan_says_who_stays_in_come_what_may(golden, solve):
    found = json.loads(solve(golden, "--robust", "20", "--spread", "0", "--json"))["robustness"]
    assert found["samples"] == 20
    assert {each["candidate"]: each["place"] for each in found["indexes"]} == {
        **dict.fromkeys("ABCE", "core"),
        "D": "exterior",
    }
    lines = solve(golden, "--robust", "20", "--spread", "0").splitlines()
    assert "In 20 samples" in lines
    assert "  always in: A, B, C, E" in lines
    assert "  sometimes in: none" in lines
    assert "  never in: D" in lines
