"""`mainstay manage keep_capacity`: load, capacity and need computed anew from bookings, absences and demand."""

from typing import Any

from django.core.management.base import BaseCommand

from mainstay.resources.operations.load import keep_all


class Command(BaseCommand):
    """Computes all that is kept about capacity."""

    help = "Compute load, capacity and need anew from bookings, absences and demand."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say for how many people."""
        self.stdout.write(f"Computed for {keep_all()} people.")
