"""The addresses of the room's pages."""

from django.urls import path

from mainstay.portfolio import addresses  # noqa: F401  (names the converter)
from mainstay.strategy.views import drivers, goals, maps, mix, projects, results, weights

urlpatterns = [
    path("strategy/", goals.strategy, name="strategy"),
    path("strategy/goals/", goals.goals, name="goals"),
    path("strategy/goals/<code:code>/", goals.goal, name="goal"),
    path("strategy/goals/<code:code>/edit/", goals.goal_edit, name="goal_edit"),
    path("strategy/goals/<code:code>/removal/", goals.goal_removal, name="goal_removal"),
    path("strategy/goals/<code:code>/results/", goals.key_results, name="key_results"),
    path("strategy/goals/<code:code>/contributions/", goals.goal_contributions, name="goal_contributions"),
    path("strategy/results/<int:result_id>/", results.key_result, name="key_result"),
    path("strategy/results/<int:result_id>/edit/", results.key_result_edit, name="key_result_edit"),
    path("strategy/results/<int:result_id>/removal/", results.key_result_removal, name="key_result_removal"),
    path("strategy/results/<int:result_id>/check-ins/", results.check_ins, name="check_ins"),
    path("strategy/check-ins/<int:check_in_id>/correction/", results.check_in_correction, name="check_in_correction"),
    path(
        "strategy/contributions/<int:contribution_id>/removal/",
        projects.contribution_removal,
        name="contribution_removal",
    ),
    path("strategy/weights/", weights.goal_weights, name="goal_weights"),
    path("strategy/value-map/", maps.value_map, name="value_map"),
    path("strategy/scorecard/", maps.scorecard, name="scorecard"),
    path("strategy/scorecard/links/", maps.cause_links, name="cause_links"),
    path("strategy/scorecard/removals/", maps.cause_removals, name="cause_removals"),
    path("strategy/mix/", mix.mix, name="mix"),
    path("strategy/mix/new/", mix.classification_new, name="classification_new"),
    path("strategy/mix/<code:code>/", mix.classification, name="classification"),
    path("strategy/mix/<code:code>/placements/", mix.placements, name="placements"),
    path("strategy/drivers/", drivers.drivers, name="drivers"),
    path("strategy/drivers/new/", drivers.new_drivers, name="new_drivers"),
    path("strategy/drivers/weights/", drivers.driver_weights, name="driver_weights"),
    path("strategy/drivers/record/<code:code>/", drivers.driver, name="driver"),
    path("strategy/departments/", drivers.departments, name="departments"),
    path("strategy/departments/<int:department_id>/", drivers.department, name="department"),
    path("strategy/ratings/", drivers.ratings, name="ratings"),
    path("strategy/projects/<code:code>/", projects.project_strategy, name="project_strategy"),
    path(
        "strategy/projects/<code:code>/contributions/", projects.project_contributions, name="project_contributions"
    ),
    path("strategy/projects/<code:code>/impacts/", projects.project_impacts, name="project_impacts"),
    path("strategy/projects/<code:code>/placements/", projects.project_placements, name="project_placements"),
]
