"""The addresses of this room."""

from django.urls import path

from mainstay.governance import views
from mainstay.governance.boards import urls as boards
from mainstay.governance.gates import urls as gates

urlpatterns = [
    path("governance/cycles/", views.cycles, name="cycles"),
    path("governance/cycles/new/", views.cycle_new, name="cycle_new"),
    path("governance/cycles/<int:cycle_id>/", views.cycle, name="cycle"),
    path("governance/cycles/<int:cycle_id>/edit/", views.cycle_edit, name="cycle_edit"),
    path("governance/cycles/<int:cycle_id>/state/", views.cycle_state, name="cycle_state"),
    *gates.urlpatterns,
    *boards.urlpatterns,
]
