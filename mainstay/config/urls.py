"""Every address of the pages and the API."""

from django.urls import include, path

urlpatterns = [
    path("", include("mainstay.cockpit.urls")),
    path("", include("mainstay.authorisation.urls")),
    path("", include("mainstay.evaluation.urls")),
    path("", include("mainstay.value.urls")),
    path("", include("mainstay.portfolio.urls")),
    path("", include("mainstay.core.urls")),
    path("account/", include("mainstay.core.account_urls")),
]
