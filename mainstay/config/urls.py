"""Every address of the pages and the API."""

from django.urls import include, path

from mainstay.config.api import urlpatterns as api_patterns

urlpatterns = [
    path("api/", include(api_patterns)),
    path("", include("mainstay.cockpit.urls")),
    path("", include("mainstay.review.calibration.urls")),
    path("", include("mainstay.review.urls")),
    path("", include("mainstay.monitoring.urls")),
    path("", include("mainstay.authorisation.urls")),
    path("", include("mainstay.evaluation.appraisal.urls")),
    path("", include("mainstay.evaluation.corrections.urls")),
    path("", include("mainstay.evaluation.urls")),
    path("", include("mainstay.identification.urls")),
    path("", include("mainstay.strategy.urls")),
    path("", include("mainstay.resources.urls")),
    path("", include("mainstay.governance.urls")),
    path("", include("mainstay.value.urls")),
    path("", include("mainstay.portfolio.urls")),
    path("", include("mainstay.core.urls")),
    path("account/", include("mainstay.core.account_urls")),
]
