"""The addresses of the committee room."""

from django.urls import path

from mainstay.authorisation.meetings.views import conditions, items, meetings

ONE = "authorise/meetings/<int:meeting_id>/"
ITEM = "authorise/items/<int:item_id>/"
urlpatterns = [
    path("authorise/meetings/", meetings.meetings, name="meetings"),
    path("authorise/meetings/new/", meetings.meeting_new, name="meeting_new"),
    path(ONE, meetings.meeting, name="meeting"),
    path(f"{ONE}edit/", meetings.meeting_edit, name="meeting_edit"),
    path(f"{ONE}minutes/", meetings.meeting_minutes, name="meeting_minutes"),
    path(f"{ONE}pack/", meetings.meeting_pack, name="meeting_pack"),
    path(f"{ONE}agenda/", meetings.meeting_agenda, name="meeting_agenda"),
    path(f"{ONE}freezing/", meetings.meeting_freezing, name="meeting_freezing"),
    path(f"{ONE}opening/", meetings.meeting_opening, name="meeting_opening"),
    path(f"{ONE}attendance/", meetings.meeting_attendance, name="meeting_attendance"),
    path(f"{ONE}closing/", meetings.meeting_closing, name="meeting_closing"),
    path(f"{ONE}release/", meetings.meeting_release, name="meeting_release"),
    path(ITEM, items.agenda_item, name="agenda_item"),
    path(f"{ITEM}votes/", items.item_vote, name="item_vote"),
    path(f"{ITEM}verdict/", items.item_verdict, name="item_verdict"),
    path(f"{ITEM}conditions/", items.item_condition, name="item_condition"),
    path("authorise/conditions/", conditions.conditions, name="conditions"),
    path("authorise/conditions/reminders/", conditions.condition_reminders, name="condition_reminders"),
    path("authorise/conditions/<int:condition_id>/", conditions.condition_meeting, name="condition_meet"),
]
