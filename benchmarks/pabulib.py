"""The optimum of real city elections: `uv run python -m benchmarks.pabulib [FOLDER] [--explain]`.

Prints for each election the proposals, the objective, whether it is the proven most votes, and the seconds
and processor seconds to plan, proof and settled ties; with `--explain` also those for explaining every proposal.
"""

import argparse
import sys
import time
from pathlib import Path

from benchmarks.check import check
from benchmarks.elections import Election, elections
from mainstay.engine.selection import answer_to_dict, read_problem, solve

BESIDE_THE_CHECKOUT = Path(__file__).resolve().parents[2] / "shared" / "data" / "pabulib"


def main(arguments: list[str]) -> int:
    """Solve every election of the folder; 0 when each is the proven optimum."""
    parser = argparse.ArgumentParser(description="The optimum of real city elections.")
    parser.add_argument("folder", nargs="?", type=Path, default=BESIDE_THE_CHECKOUT)
    parser.add_argument("--explain", action="store_true", help="explain every proposal, too")
    wanted = parser.parse_args(arguments)
    if not (wanted.folder / "index.csv").is_file():
        print(f"{wanted.folder} holds no index.csv", file=sys.stderr)
        return 2
    print(f"{'election':46} {'n':>4} {'votes':>8} {'status':8} {'seconds':>8} {'cpu':>8} {'explain':>8}")
    proven = [_measure(each, wanted.explain) for each in elections(wanted.folder)]
    return 0 if all(proven) else 1


def _measure(election: Election, explain: bool) -> bool:
    problem = read_problem(election.problem)
    began = time.process_time()
    answer = solve(problem)
    cpu = time.process_time() - began
    explaining = solve(problem, explain="all").explanation_seconds if explain else 0.0
    right = answer.objective == election.most_votes and not check(election.problem, answer_to_dict(answer))
    size, status = len(problem.candidates), answer.status if right else "WRONG"
    figures = f"{answer.objective:8.0f} {status:8} {answer.seconds:8.3f} {cpu:8.3f} {explaining:8.3f}"
    print(f"{election.name:46} {size:4} {figures}", flush=True)
    return right and answer.status == "optimal"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
