"""An invented estate of any size for benchmarks: one tree of portfolios, people, and projects by import."""

import csv
import io
import random
from datetime import date, timedelta

THEMES = ("Resilience", "Growth", "Safety", "Digital", "Carbon", "Customers", "Compliance", "People")
STAGES = (
    "proposed",
    "under_evaluation",
    "candidate",
    "authorised",
    "active",
    "on_hold",
    "closing",
    "closed",
    "rejected",
    "cancelled",
)
RAG = ("green", "amber", "red", "")
CONFIDENCE = ("green", "amber_green", "amber", "amber_red", "red", "")
HEADERS = (
    "code",
    "external_key",
    "name",
    "description",
    "portfolio",
    "stage",
    "theme",
    "owner",
    "health",
    "confidence",
    "start_date",
    "end_date",
    "currency",
    "cost",
    "benefit",
    "risk",
)
PORTFOLIOS = 20
OWNERS = 50


def project_rows(first: int, count: int, seed: int = 1) -> str:
    """A CSV of projects numbered from `first`, the same for the same seed."""
    draw = random.Random(seed * 1_000_003 + first)  # noqa: S311  (the same estate every time)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    for number in range(first, first + count):
        start = date(2024, 1, 1) + timedelta(days=draw.randrange(1000))
        cost = round(draw.lognormvariate(13.5, 1.2), 2)
        writer.writerow(
            (
                f"B-{number:05d}",
                f"EXT-{number}",
                f"{draw.choice(('Renew', 'Extend', 'Replace', 'Migrate', 'Secure'))} site {number}",
                f"Brings site {number} to the standard that its customers were promised.",
                f"BP-{number % PORTFOLIOS:02d}",
                draw.choice(STAGES),
                draw.choice(THEMES),
                f"owner{number % OWNERS:02d}",
                draw.choice(RAG),
                draw.choice(CONFIDENCE),
                start.isoformat(),
                (start + timedelta(days=90 + draw.randrange(900))).isoformat(),
                "GBP",
                f"{cost:.2f}",
                f"{cost * draw.uniform(0.6, 2.5):.2f}",
                draw.randrange(101),
            )
        )
    return text.getvalue()


class Estate:
    """The estate in the database that Django is set up for."""

    def __init__(self) -> None:
        from mainstay.core.operations.grants import give_grant
        from mainstay.core.operations.people import create_person
        from mainstay.core.roles import Role
        from mainstay.core.system import MAINSTAY
        from mainstay.portfolio.operations.tree import create_portfolio
        from mainstay.portfolio.standard import set_up

        set_up()
        self.size = 0
        self.top = create_portfolio(None, actor=MAINSTAY, name="Estate", code="ESTATE")
        for number in range(PORTFOLIOS):
            name = f"Region {number:02d}"
            create_portfolio(self.top, actor=MAINSTAY, name=name, code=f"BP-{number:02d}")
        for number in range(OWNERS):
            create_person(None, actor=MAINSTAY, username=f"owner{number:02d}", name=f"Owner {number:02d}")
        self.manager = create_person(None, actor=MAINSTAY, username="manager", name="Portfolio Manager")
        give_grant(self.manager, actor=MAINSTAY, role=Role.PORTFOLIO_MANAGER, path=self.top.path)

    def grow_to(self, size: int) -> None:
        """Import projects until there are that many."""
        from mainstay.core.exchange import commit, propose, read_table, sheet_named
        from mainstay.core.system import MAINSTAY

        sheet = sheet_named("projects")
        file = io.BytesIO(project_rows(self.size, size - self.size).encode())
        table = read_table(file, "projects.csv")
        done = commit(sheet, table, propose(sheet, table), self.top, MAINSTAY)
        if not done.committed:
            raise SystemExit(f"The estate could not be imported: {done.problems[:3]}")
        self.size = size
