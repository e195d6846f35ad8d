"""What people of the sample keep for themselves: saved views, and notices of what others did."""

from datetime import timedelta
from functools import partial

from django.utils import timezone

from mainstay.config.sample.diary import Diary
from mainstay.config.sample.staff import Staff
from mainstay.core.models import Notice
from mainstay.core.operations.keeping import save_view

SAVED, NEW_DAYS = -45, 30
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


def read_old_notices() -> None:
    """Give each notice the time of what it tells; those older than a month were read at once."""
    notices = list(Notice.objects.select_related("event"))
    month_ago = timezone.now() - timedelta(days=NEW_DAYS)
    for notice in notices:
        notice.at = notice.event.at if notice.event else notice.at
        notice.read_at = notice.at if notice.at < month_ago else None
    Notice.objects.bulk_update(notices, ["at", "read_at"])
