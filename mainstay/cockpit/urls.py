"""The addresses of the room's pages."""

from django.urls import path, re_path

from mainstay.cockpit.views import activity, home, portfolio, search

urlpatterns = [
    path("", home.home, name="home"),
    path("activity/", activity.activity, name="activity"),
    path("search/", search.search, name="search"),
    path("search/page/", search.search_page, name="search_page"),
    re_path(r"^portfolios/(?!new/)(?P<code>[^/]+)/$", portfolio.portfolio, name="portfolio"),
]
