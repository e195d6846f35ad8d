"""The addresses of boards."""

from django.urls import path

from mainstay.governance.boards import views

urlpatterns = [
    path("governance/boards/", views.boards, name="boards"),
    path("governance/boards/new/", views.board_new, name="board_new"),
    path("governance/boards/<slug:key>/", views.board, name="board"),
    path("governance/boards/<slug:key>/edit/", views.board_edit, name="board_edit"),
    path("governance/boards/<slug:key>/seats/", views.seat_new, name="seat_new"),
    path("governance/boards/<slug:key>/delegations/", views.delegation_new, name="delegation_new"),
    path("governance/seats/<int:seat_id>/ending/", views.seat_ending, name="seat_ending"),
    path("governance/delegations/<int:delegation_id>/removal/", views.delegation_removal, name="delegation_removal"),
]
