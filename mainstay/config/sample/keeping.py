"""What people of the sample keep for themselves: saved views, and notices of what others did."""

from datetime import timedelta
from functools import partial

from django.utils import timezone

from mainstay.config.sample.diary import Diary
from mainstay.config.sample.staff import Staff
from mainstay.core.models import Notice, Person
from mainstay.core.operations.keeping import save_view

SAVED = -45
NEW = (
    (
        "jonas",
        2,
        "Grace Okafor asks for the new plan of the billing system before the board.",
        "/projects/DIG-004/",
    ),
    ("helen", 3, "The coming investment cycle is solved and waits for the board.", "/authorise/selections/"),
    ("rosa", 4, "Amara Diallo asks who would maintain the lamps after the first year.", "/projects/POW-022/"),
)
VIEWS = (
    ("priya", "In trouble", "phase=committed&health=amber,red&sort=-cost", True),
    ("amara", "Candidates by cost", "stage=candidate&sort=-cost", True),
    ("mei", "Largest commitments", "phase=committed&sort=-cost&columns=name,code,stage,cost,benefit,end", True),
    ("amara", "Cleaner rivers by region", "programme=OVERFLOWS&group=custom.region", False),
)


def enter(staff: Staff, diary: Diary) -> None:
    """Write the saved views into the diary."""
    for username, name, query, is_shared in VIEWS:
        diary.enter(SAVED, partial(_save, staff, username, name, query, is_shared))


def _save(staff: Staff, username: str, name: str, query: str, is_shared: bool) -> None:
    save_view(None, actor=staff[username], page="projects", name=name, query=query, is_shared=is_shared)


def settle_notices() -> None:
    """Give each notice the time of what it tells and count it as read; then leave the few that are new."""
    notices = list(Notice.objects.select_related("event"))
    for notice in notices:
        notice.at = notice.read_at = notice.event.at if notice.event else notice.at
    Notice.objects.bulk_update(notices, ["at", "read_at"])
    for username, days, text, url in NEW:
        at = timezone.now() - timedelta(days=days)
        Notice.objects.create(person=Person.objects.get(username=username), text=text, url=url, at=at)
