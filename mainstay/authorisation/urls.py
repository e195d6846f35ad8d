"""The addresses of the room's pages."""

from django.urls import path

from mainstay.authorisation.comparing import urls as comparing
from mainstay.authorisation.funding import urls as funding
from mainstay.authorisation.gates import urls as gates
from mainstay.authorisation.meetings import urls as meetings
from mainstay.authorisation.scenarios import urls as scenarios
from mainstay.authorisation.views import adopting, answers, decisions, selections, studies

ONE = "authorise/selections/<int:selection_id>/"

urlpatterns = [
    path("authorise/selections/", selections.selections, name="selections"),
    path("authorise/selections/new/", selections.new_selection, name="selection_new"),
    path(ONE, answers.selection, name="selection"),
    path(f"{ONE}edit/", selections.selection_edit, name="selection_edit"),
    path(f"{ONE}solution/", answers.solution, name="solution"),
    path(f"{ONE}candidates/<str:code>/", answers.explanation, name="explanation"),
    path(f"{ONE}problem.json", answers.problem_file, name="problem_file"),
    path(f"{ONE}answer.json", answers.answer_file, name="answer_file"),
    path(f"{ONE}uncertainty/", studies.uncertainty, name="uncertainty"),
    path(f"{ONE}frontier/", studies.frontier, name="frontier"),
    path(f"{ONE}frontier/<int:point>/", studies.frontier_point, name="frontier_point"),
    path(f"{ONE}robustness/", studies.robustness, name="robustness"),
    path(f"{ONE}adoption/", decisions.adoption, name="adoption"),
    path("authorise/decisions/", decisions.decisions, name="decisions"),
    path("authorise/decisions/log/", adopting.decision_log, name="decision_log"),
    path("authorise/decisions/<int:decision_id>/", decisions.decision, name="decision"),
    path("authorise/decisions/<int:decision_id>/record.json", adopting.decision_record, name="decision_record"),
    path("authorise/decisions/<int:decision_id>/replay/", adopting.decision_replay, name="decision_replay"),
    path("authorise/decisions/<int:decision_id>/undoing/", adopting.decision_undoing, name="decision_undoing"),
    path(
        "authorise/scenarios/<int:scenario_id>/uncertainty/",
        studies.scenario_uncertainty,
        name="scenario_uncertainty",
    ),
    path(
        "authorise/scenarios/<int:scenario_id>/robustness/", studies.scenario_robustness, name="scenario_robustness"
    ),
    path("authorise/scenarios/<int:scenario_id>/frontier/", studies.scenario_frontier, name="scenario_frontier"),
    path(
        "authorise/scenarios/<int:scenario_id>/frontier/<int:point>/",
        studies.scenario_frontier_point,
        name="scenario_frontier_point",
    ),
    path("authorise/scenarios/<int:scenario_id>/adoption/", adopting.scenario_adoption, name="scenario_adoption"),
    path("authorise/projects/<str:code>/", decisions.project_decisions, name="project_decisions"),
    path("authorise/projects/<str:code>/baselines/", adopting.project_baselines, name="project_baselines"),
    *scenarios.urlpatterns,
    *comparing.urlpatterns,
    *gates.urlpatterns,
    *funding.urlpatterns,
    *meetings.urlpatterns,
]
