"""The addresses of this room."""

from django.urls import URLPattern, URLResolver

from mainstay.identification.case_urls import urlpatterns as cases
from mainstay.identification.request_urls import urlpatterns as requests

urlpatterns: list[URLPattern | URLResolver] = [*requests, *cases]
