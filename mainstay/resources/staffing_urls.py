"""The addresses of demand, bookings and staffing."""

from django.urls import path

from mainstay.resources.views import bookings, demand, proposals, staffing, workload

urlpatterns = [
    path("resources/projects/<str:code>/", demand.project_people, name="project_people"),
    path("resources/projects/<str:code>/demand/", demand.project_demand, name="project_demand"),
    path(
        "resources/projects/<str:code>/demand/<slug:source>/", demand.project_demand_from, name="project_demand_from"
    ),
    path("resources/projects/<str:code>/staffing/", staffing.new, name="staffing_new"),
    path("resources/people/<slug:key>/bookings/", workload.resource_bookings, name="resource_bookings"),
    path("resources/people/<slug:key>/bookings/new/", bookings.booking_new, name="booking_new"),
    path("resources/people/<slug:key>/bookings/confirmation/", bookings.confirmation, name="booking_confirmation"),
    path("resources/bookings/<int:booking_id>/", bookings.booking, name="booking"),
    path("resources/bookings/<int:booking_id>/<slug:action>/", bookings.booking_change, name="booking_change"),
    path("resources/staffing/", staffing.board, name="staffing"),
    path("resources/staffing/proposals/", proposals.proposals, name="staffing_proposals"),
    path("resources/staffing/proposals/<int:run_id>/", proposals.proposal, name="staffing_proposal"),
    path(
        "resources/staffing/proposals/<int:run_id>/<int:number>/",
        proposals.proposal_line,
        name="staffing_proposal_line",
    ),
    path("resources/staffing/<int:staffing_id>/", staffing.request_page, name="staffing_request"),
    path("resources/staffing/<int:staffing_id>/offer/", staffing.offer, name="staffing_offer"),
    path("resources/staffing/<int:staffing_id>/counter/", staffing.counter, name="staffing_counter"),
    path("resources/staffing/<int:staffing_id>/<slug:word>/", staffing.answer, name="staffing_answer"),
]
