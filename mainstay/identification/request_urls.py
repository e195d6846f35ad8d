"""The addresses of requests, triage, request forms and look-alikes."""

from django.urls import path

from mainstay.identification.views import duplicates, forms, requests, triage
from mainstay.portfolio import addresses  # noqa: F401  (names the converter)

urlpatterns = [
    path("requests/", requests.own, name="requests"),
    path("requests/new/", requests.new, name="request_new"),
    path("requests/alike/", requests.alike, name="request_alike"),
    path("requests/<code:code>/", requests.request_page, name="request"),
    path("requests/<code:code>/edit/", requests.edit, name="request_edit"),
    path("requests/<code:code>/answer/", requests.answer, name="request_answer"),
    path("requests/<code:code>/withdrawal/", requests.withdrawal, name="request_withdrawal"),
    path("requests/<code:code>/assignment/", triage.assignment, name="request_assignment"),
    path("requests/<code:code>/question/", triage.question, name="request_question"),
    path("requests/<code:code>/return/", triage.giving_back, name="request_return"),
    path("requests/<code:code>/acceptance/", triage.acceptance, name="request_acceptance"),
    path("requests/<code:code>/rejection/", triage.rejection, name="request_rejection"),
    path("requests/<code:code>/merger/", triage.merger, name="request_merger"),
    path("identify/", triage.board, name="triage"),
    path("identify/export/", triage.export, name="triage_export"),
    path("identify/many/", triage.many, name="triage_many"),
    path("identify/duplicates/", duplicates.duplicates, name="duplicates"),
    path("identify/duplicates/merger/", duplicates.merger, name="duplicate_merger"),
    path("identify/duplicates/dismissal/", duplicates.dismissal, name="duplicate_dismissal"),
    path("identify/forms/", forms.request_forms, name="request_forms"),
    path("identify/forms/<slug:key>/", forms.request_form, name="request_form"),
    path("identify/forms/<slug:key>/preview/", forms.preview, name="request_form_preview"),
    path("identify/forms/<slug:key>/publication/", forms.publication, name="request_form_publication"),
    path("identify/forms/<slug:key>/file/", forms.file, name="request_form_file"),
]
