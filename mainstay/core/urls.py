"""The addresses of the core's pages."""

from django.urls import path

from mainstay.core import gallery_map, gallery_rank, gallery_sheet
from mainstay.core.gallery import gallery
from mainstay.core.views import exchange, own, people, runs, setup

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="person_new"),
    path("people/<str:username>/", people.person, name="person"),
    path("people/<str:username>/grants/", people.grants, name="grants"),
    path("people/<str:username>/grants/<int:grant_id>/withdrawal/", people.grant_withdrawal, name="grant_withdrawal"),
    path("people/<str:username>/closure/", people.closure, name="person_closure"),
    path("profile/", own.profile, name="profile"),
    path("profile/keys/", own.tokens, name="tokens"),
    path("profile/keys/<int:token_id>/revocation/", own.token_revocation, name="token_revocation"),
    path("profile/sessions/end/", own.sign_out_everywhere, name="sign_out_everywhere"),
    path("notices/", own.notices, name="notices"),
    path("notices/<int:notice_id>/reading/", own.notice_reading, name="notice_reading"),
    path("runs/", runs.runs, name="runs"),
    path("runs/<int:run_id>/", runs.run, name="run"),
    path("runs/<int:run_id>/cancellation/", runs.run_cancellation, name="run_cancellation"),
    path("runs/<int:run_id>/repetition/", runs.run_repetition, name="run_repetition"),
    path("import/", exchange.imports, name="imports"),
    path("import/<str:token>/", exchange.import_mapping, name="import_mapping"),
    path("import/<str:token>/check/", exchange.import_check, name="import_check"),
    path("import/<str:token>/removal/", exchange.import_removal, name="import_removal"),
    path("gallery/", gallery, name="gallery"),
    path("gallery/rank/", gallery_rank.gallery_rank, name="gallery_rank"),
    path("gallery/rank/undo/", gallery_rank.gallery_undo, name="gallery_undo"),
    path("gallery/rank/weights/", gallery_rank.gallery_weights, name="gallery_weights"),
    path("gallery/map/", gallery_map.gallery_map, name="gallery_map"),
    path("gallery/map/links/", gallery_map.gallery_links, name="gallery_links"),
    path("gallery/map/links/removal/", gallery_map.gallery_unlink, name="gallery_unlink"),
    path("gallery/map/order/", gallery_map.gallery_order, name="gallery_order"),
    path("gallery/sheet/", gallery_sheet.gallery_sheet, name="gallery_sheet"),
    path("setup/<str:token>/", setup.setup, name="setup"),
]
