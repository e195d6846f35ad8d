"""The addresses of business cases."""

from django.urls import path

from mainstay.identification.views import case, case_demand, case_lines, case_parts
from mainstay.portfolio import addresses  # noqa: F401  (names the converter)

SHEET = "cases/<int:case_id>/options/<int:option_id>/<slug:kind>/"

urlpatterns = [
    path("projects/<code:code>/case/", case.project_case, name="project_case"),
    path("projects/<code:code>/case/opening/", case.project_case_opening, name="project_case_opening"),
    path("cases/of-request/<code:code>/", case.request_case_opening, name="request_case_opening"),
    path("cases/<int:case_id>/", case.case, name="case"),
    path("cases/<int:case_id>/edit/", case.case_edit, name="case_edit"),
    path("cases/<int:case_id>/publication/", case.case_publication, name="case_publication"),
    path("cases/<int:case_id>/changes/", case.case_changes, name="case_changes"),
    path("cases/<int:case_id>/demand/", case_demand.case_demand, name="case_demand"),
    path("cases/<int:case_id>/export/", case.case_export, name="case_export"),
    path("cases/<int:case_id>/options/new/", case_parts.case_option_new, name="case_option_new"),
    path("cases/<int:case_id>/options/<int:part_id>/", case_parts.case_option, name="case_option"),
    path(
        "cases/<int:case_id>/options/<int:part_id>/removal/",
        case_parts.case_option_removal,
        name="case_option_removal",
    ),
    path(SHEET, case_lines.case_lines, name="case_lines"),
    path(f"{SHEET}range/", case_lines.case_range, name="case_range"),
    path("cases/<int:case_id>/assumptions/", case_parts.case_assumptions, name="case_assumptions"),
    path("cases/<int:case_id>/assumptions/<int:part_id>/", case_parts.case_assumption, name="case_assumption"),
    path(
        "cases/<int:case_id>/assumptions/<int:part_id>/removal/",
        case_parts.case_assumption_removal,
        name="case_assumption_removal",
    ),
    path("cases/<int:case_id>/risks/", case_parts.case_risks, name="case_risks"),
    path("cases/<int:case_id>/risks/<int:part_id>/", case_parts.case_risk, name="case_risk"),
    path("cases/<int:case_id>/risks/<int:part_id>/removal/", case_parts.case_risk_removal, name="case_risk_removal"),
]
