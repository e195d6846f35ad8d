"""The addresses of the room's pages."""

from django.urls import path, re_path

from mainstay.cockpit.views import activity, dashboards, home, portfolio, roadmap, search, value

urlpatterns = [
    path("", home.home, name="home"),
    path("activity/", activity.activity, name="activity"),
    path("search/", search.search, name="search"),
    path("search/page/", search.search_page, name="search_page"),
    path("roadmap/", roadmap.roadmap, name="roadmap"),
    path("roadmap/data/", roadmap.data, name="roadmap_data"),
    path("roadmap/effect/", roadmap.effect, name="roadmap_effect"),
    path("roadmap/moves/", roadmap.moves, name="roadmap_moves"),
    path("roadmap/export/", roadmap.export, name="roadmap_export"),
    path("dashboards/", dashboards.dashboards, name="dashboards"),
    path("dashboards/parts/<slug:key>/", dashboards.dashboard_part, name="dashboard_part"),
    path("dashboards/<slug:role>/", dashboards.dashboard, name="dashboard"),
    path("dashboards/<slug:role>/arranging/", dashboards.dashboard_arranging, name="dashboard_arranging"),
    path("value/", value.value, name="value"),
    path("learning/", value.learning, name="learning"),
    path("learning/plans/<int:decision_id>/", value.plan_learning, name="plan_learning"),
    re_path(r"^portfolios/(?!new/)(?P<code>[^/]+)/$", portfolio.portfolio, name="portfolio"),
]
