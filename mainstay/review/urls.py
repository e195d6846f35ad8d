"""The addresses of this room."""

from django.urls import path

from mainstay.review.views import closing, lessons, reviews

PROJECT = "review/projects/<str:code>/"

urlpatterns = [
    path(PROJECT, closing.project_review, name="project_review"),
    path(f"{PROJECT}closure/", closing.closure, name="closure"),
    path(f"{PROJECT}closure/completion/", closing.closure_completion, name="closure_completion"),
    path(f"{PROJECT}start/", reviews.review_start, name="review_start"),
    path(f"{PROJECT}lessons/new/", lessons.lesson_new, name="lesson_new"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/reminders/", reviews.review_reminders, name="review_reminders"),
    path("reviews/rules/<str:code>/", closing.closing_rule, name="closing_rule"),
    path("reviews/<int:post_review_id>/", reviews.post_review, name="post_review"),
    path("reviews/<int:post_review_id>/signing/", reviews.review_signing, name="review_signing"),
    path("lessons/", lessons.lessons, name="lessons"),
    path("lessons/<int:lesson_id>/", lessons.lesson, name="lesson"),
    path("lessons/<int:lesson_id>/removal/", lessons.lesson_removal, name="lesson_removal"),
    path("lessons/<int:lesson_id>/publication/", lessons.lesson_publication, name="lesson_publication"),
]
