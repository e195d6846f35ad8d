"""The addresses of the room's pages."""

from django.urls import path

from mainstay.portfolio import addresses  # noqa: F401  (names the converter)
from mainstay.portfolio.views import bulk, inventory, parts, projects, setup, tree

urlpatterns = [
    path("projects/", inventory.inventory, name="projects"),
    path("inventory/filters/", inventory.filters, name="inventory_filters"),
    path("inventory/columns/", inventory.column_choice, name="inventory_columns"),
    path("inventory/views/", inventory.views, name="inventory_views"),
    path("inventory/views/<int:view_id>/removal/", inventory.view_removal, name="inventory_view_removal"),
    path("inventory/edits/", bulk.edits, name="inventory_edits"),
    path("inventory/export/", inventory.export, name="inventory_export"),
    path("inventory/options/", inventory.options, name="project_options"),
    path("changes/<int:event_id>/undo/", bulk.undo, name="undo"),
    path("projects/new/", projects.new_project, name="project_new"),
    path("projects/<code:code>/", projects.project, name="project"),
    path("projects/<code:code>/edit/", projects.edit, name="project_edit"),
    path("projects/<code:code>/history/", projects.history, name="project_history"),
    path("projects/<code:code>/place/", projects.move, name="project_move"),
    path("projects/<code:code>/stage/<slug:key>/", projects.stage, name="project_stage"),
    path("projects/<code:code>/milestones/", parts.milestones, name="milestones"),
    path("projects/<code:code>/milestones/<int:part_id>/", parts.milestone, name="milestone"),
    path(
        "projects/<code:code>/milestones/<int:part_id>/completion/",
        parts.milestone_completion,
        name="milestone_completion",
    ),
    path("projects/<code:code>/milestones/<int:part_id>/removal/", parts.milestone_removal, name="milestone_removal"),
    path("projects/<code:code>/dependencies/", parts.dependencies, name="dependencies"),
    path("projects/<code:code>/dependencies/<int:part_id>/", parts.dependency, name="dependency"),
    path(
        "projects/<code:code>/dependencies/<int:part_id>/removal/",
        parts.dependency_removal,
        name="dependency_removal",
    ),
    path("projects/<code:code>/members/", parts.members, name="members"),
    path("projects/<code:code>/members/<int:part_id>/removal/", parts.member_removal, name="member_removal"),
    path("portfolios/", tree.portfolios, name="portfolios"),
    path("tree/new/", tree.new_portfolio, name="portfolio_new"),
    path("portfolios/<code:code>/edit/", tree.portfolio_edit, name="portfolio_edit"),
    path("portfolios/<code:code>/place/", tree.portfolio_move, name="portfolio_move"),
    path("portfolios/<code:code>/programmes/new/", tree.new_programme, name="programme_new"),
    path("programmes/<code:code>/", tree.programme, name="programme"),
    path("programmes/<code:code>/edit/", tree.programme_edit, name="programme_edit"),
    path("fields/", setup.fields, name="fields"),
    path("fields/<slug:key>/", setup.field, name="field"),
    path("life-cycle/", setup.life_cycle, name="life_cycle"),
    path("life-cycle/stages/<slug:key>/", setup.stage_edit, name="stage_edit"),
    path("life-cycle/ways/", setup.ways, name="ways"),
    path("life-cycle/ways/<int:way_id>/", setup.way, name="way"),
    path("life-cycle/ways/<int:way_id>/removal/", setup.way_removal, name="way_removal"),
    path("years/", setup.years, name="years"),
]
