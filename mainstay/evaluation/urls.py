"""The addresses of the room's pages."""

from django.urls import path

from mainstay.evaluation.views import (
    comparing,
    judging,
    lint,
    matrix,
    pairwise,
    ranking,
    rounds,
    score_models,
    scores,
    sensitivity,
)

urlpatterns = [
    path("evaluate/", score_models.score_models, name="score_models"),
    path("evaluate/models/new/", score_models.new_score_model, name="score_model_new"),
    path("evaluate/models/<int:model_id>/", score_models.score_model, name="score_model"),
    path("evaluate/models/<int:model_id>/edit/", score_models.score_model_edit, name="score_model_edit"),
    path("evaluate/models/<int:model_id>/publication/", scores.model_publication, name="score_model_publication"),
    path("evaluate/models/<int:model_id>/bypasses/", scores.bypasses, name="bypasses"),
    path(
        "evaluate/models/<int:model_id>/bypasses/<int:bypass_id>/removal/",
        scores.bypass_removal,
        name="bypass_removal",
    ),
    path("evaluate/models/<int:model_id>/scores/", scores.scores, name="scores"),
    path("evaluate/projects/<str:code>/", scores.project_scores, name="project_scores"),
    path("evaluate/rounds/", rounds.scoring_rounds, name="scoring_rounds"),
    path("evaluate/models/<int:model_id>/rounds/new/", rounds.scoring_round_new, name="scoring_round_new"),
    path("evaluate/rounds/<int:round_id>/", rounds.scoring_round, name="scoring_round"),
    path("evaluate/rounds/<int:round_id>/edit/", rounds.scoring_round_edit, name="scoring_round_edit"),
    path("evaluate/rounds/<int:round_id>/closing/", rounds.scoring_round_closing, name="scoring_round_closing"),
    path(
        "evaluate/rounds/<int:round_id>/repetition/", rounds.scoring_round_repetition, name="scoring_round_repetition"
    ),
    path("evaluate/rounds/<int:round_id>/finish/", rounds.scoring_round_finish, name="scoring_round_finish"),
    path("evaluate/rounds/<int:round_id>/judging/", judging.judging, name="judging"),
    path("evaluate/rounds/<int:round_id>/judging/<str:code>/", judging.judgement, name="judgement"),
    path("evaluate/rounds/<int:round_id>/judging/<str:code>/recusal/", judging.recusal, name="recusal"),
    path("evaluate/pairwise/", pairwise.pairwise_sessions, name="pairwise_sessions"),
    path("evaluate/pairwise/new/", pairwise.pairwise_new, name="pairwise_new"),
    path("evaluate/pairwise/<int:session_id>/", pairwise.pairwise_session, name="pairwise_session"),
    path("evaluate/pairwise/<int:session_id>/pairs/", comparing.comparing, name="comparing"),
    path("evaluate/pairwise/<int:session_id>/closing/", pairwise.pairwise_closing, name="pairwise_closing"),
    path(
        "evaluate/pairwise/<int:session_id>/publication/", pairwise.pairwise_publication, name="pairwise_publication"
    ),
    path("evaluate/ranking/", ranking.ranking, name="ranking"),
    path("evaluate/models/<int:model_id>/overrides/", ranking.rank_overrides, name="rank_overrides"),
    path("evaluate/models/<int:model_id>/overrides/removal/", ranking.rank_restoration, name="rank_restoration"),
    path(
        "evaluate/models/<int:model_id>/overrides/confirmation/", ranking.rank_confirmation, name="rank_confirmation"
    ),
    path("evaluate/models/<int:model_id>/ranking/news/", ranking.ranking_news, name="ranking_news"),
    path("evaluate/matrix/", matrix.matrix, name="matrix"),
    path("evaluate/sensitivity/", sensitivity.sensitivity, name="sensitivity"),
    path("evaluate/models/<int:model_id>/weights/", sensitivity.sensitivity_weights, name="sensitivity_weights"),
    path("evaluate/models/<int:model_id>/check/", lint.score_model_check, name="score_model_check"),
]
