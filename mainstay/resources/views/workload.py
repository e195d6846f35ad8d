"""The workload of one person."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from mainstay.resources.workload_page import WorkloadPage


@login_required
@require_GET
def resource_bookings(request: HttpRequest, key: str) -> HttpResponse:
    """What somebody is booked for, week by week and one by one."""
    return render(request, "resources/workload.html", {"page": WorkloadPage.of(request, key)})
