"""Similar texts while typing: `uv run python -m benchmarks.similarity [FOLDER] [--items 20000]`.

Asks, for proposals of real cities, whether a title with words dropped, reordered and misspelt finds its original in
the first three of 1,000 tries, among the proposals alone and among 20,000 items (the proposals, and recombinations of
halves of their titles, every item with a body of six titles). Titles that are equal but for case count as the
original. Prints the seconds to build, to answer, to change and to find all duplicates, the memory, and how many times
as long comparing each title with `difflib` takes.
"""

import argparse
import csv
import random
import resource
import sys
import time
from difflib import SequenceMatcher
from pathlib import Path

from mainstay.engine.similarity import Corpus, Text

BESIDE_THE_CHECKOUT = Path(__file__).resolve().parents[2] / "shared" / "data" / "pabulib"
TRIES, SEED, FIRST = 1_000, 20_26, 3
WANTED_SHARE, WANTED_MILLISECONDS = 0.95, 50.0
LETTERS = "abcdefghijklmnoprstuwyz"


def main(arguments: list[str]) -> int:
    """Measure; 0 when the wanted share is found and typing is answered in the wanted time."""
    parser = argparse.ArgumentParser(description="Similar texts while typing.")
    parser.add_argument("folder", nargs="?", type=Path, default=BESIDE_THE_CHECKOUT)
    parser.add_argument("--items", type=int, default=20_000)
    wanted = parser.parse_args(arguments)
    if not (wanted.folder / "index.csv").is_file():
        print(f"{wanted.folder} holds no index.csv", file=sys.stderr)
        return 2
    titles = _titles(wanted.folder)
    equal = len(titles) - len({title.casefold() for title in titles})
    print(f"{len(titles)} proposals, {equal} of them with the title of another; seed {SEED}")
    found = _finding(Corpus.of(Text(str(number), title) for number, title in enumerate(titles)), titles)
    slowest = _many(titles, wanted.items)
    return 0 if found >= WANTED_SHARE and slowest <= WANTED_MILLISECONDS else 1


def disturbed(title: str, chance: random.Random) -> str:
    """A title as somebody else would type it: a quarter of its words dropped, the others shuffled, a third misspelt.

    Of three words or more at least one is dropped; one word at least is misspelt where one has four letters.
    """
    words = title.split()
    chance.shuffle(words)
    kept = words[max(1, len(words) // 4) if len(words) > 2 else 0 :]
    long = [place for place, word in enumerate(kept) if len(word) > 3]
    for place in chance.sample(long, min(len(long), max(1, len(kept) // 3))):
        kept[place] = _misspelt(kept[place], chance)
    return " ".join(kept)


def _misspelt(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    swapped = before + after[0] + letter + after[1:]
    return chance.choice([before + after, swapped, before + chance.choice(LETTERS) + after])


def _titles(folder: Path) -> list[str]:
    files = sorted((folder / "projects").glob("*.csv"))
    rows = (row for file in files for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    return [row["name"] for row in rows]


def _finding(corpus: Corpus, titles: list[str], among: str = "") -> float:
    """The share of disturbed titles whose original is among the first three."""
    chance = random.Random(SEED)  # noqa: S311
    by_title: dict[str, set[str]] = {}
    for number, title in enumerate(titles):
        by_title.setdefault(title.casefold(), set()).add(str(number))
    found = 0
    for _ in range(TRIES):
        title = chance.choice(titles)
        first = corpus.nearest(disturbed(title, chance), "", FIRST)
        found += any(match.key in by_title[title.casefold()] for match in first)
    print(f"found in the first {FIRST} among {len(corpus)}{among}: {found / TRIES:.1%} of {TRIES}")
    return found / TRIES


def _many(titles: list[str], count: int) -> float:
    """Measure at `count` items; the 95th percentile of answering, in milliseconds."""
    chance = random.Random(SEED)  # noqa: S311
    items = [Text(str(number), _title(titles, number, chance), _body(titles, chance)) for number in range(count)]
    before, start = _peak(), _held()
    corpus, seconds = _timed(lambda: Corpus.of(items))
    held, peak = _held() - start, _peak() - before
    print(f"{count} items built in {seconds:.1f} s; the corpus holds {held:.0f} MB, building it {peak:.0f} MB")
    _finding(corpus, titles, " with halves of the same titles as distraction")
    _answer(corpus, [(disturbed(chance.choice(titles), chance), "") for _ in range(TRIES)], "a title")
    asked = [(disturbed(chance.choice(titles), chance), _body(titles, chance)) for _ in range(TRIES)]
    slowest = _answer(corpus, asked, "a title with a body")
    _compare(corpus, items, [title for title, _ in asked[:5]])
    _change(corpus, titles, chance)
    pairs, seconds = _timed(lambda: corpus.duplicates(0.8))
    print(f"duplicates(0.8): {len(pairs)} pairs in {seconds:.1f} s; peak memory {_peak() - before:.0f} MB")
    return slowest


def _title(titles: list[str], number: int, chance: random.Random) -> str:
    """A proposal's title, or behind the last one the halves of two."""
    if number < len(titles):
        return titles[number]
    one, other = (title.split() for title in chance.sample(titles, 2))
    return " ".join(one[: max(1, len(one) // 2)] + other[len(other) // 2 :])


def _body(titles: list[str], chance: random.Random) -> str:
    return ". ".join(chance.sample(titles, 6))


def _answer(corpus: Corpus, asked: list[tuple[str, str]], what: str) -> float:
    times = sorted(_timed(lambda pair=pair: corpus.nearest(*pair, 5))[1] * 1e3 for pair in asked)
    middle, high = times[len(times) // 2], times[len(times) * 95 // 100]
    print(f"nearest to {what}: median {middle:.1f} ms, 95th percentile {high:.1f} ms, longest {times[-1]:.1f} ms")
    return high


def _compare(corpus: Corpus, items: list[Text], titles: list[str]) -> None:
    """The same titles asked of the corpus and of a loop that compares each title letter by letter."""
    _, naive = _timed(lambda: [_closest(title, items) for title in titles])
    _, ours = _timed(lambda: [corpus.nearest(title, "", FIRST) for title in titles])
    print(f"difflib over every title: {naive / len(titles):.2f} s a question, {naive / ours:.0f} times as long")


def _closest(title: str, items: list[Text]) -> str:
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(title)

    def ratio(item: Text) -> float:
        matcher.set_seq1(item.title)
        return matcher.ratio()

    return max(items, key=ratio).key


def _change(corpus: Corpus, titles: list[str], chance: random.Random) -> None:
    """One text more, and the first question after it."""
    new = Text("new", chance.choice(titles), _body(titles, chance))
    changed, change = _timed(lambda: corpus.with_(new))
    _, question = _timed(lambda: changed.nearest(new.title, "", FIRST))
    print(f"one text more: {change * 1e3:.1f} ms, the first question after it {question * 1e3:.0f} ms")


def _timed(work):  # type: ignore[no-untyped-def]
    began = time.perf_counter()
    result = work()
    return result, time.perf_counter() - began


def _held() -> float:
    """What this process holds in memory now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def _peak() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
