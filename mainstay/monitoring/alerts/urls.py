"""The addresses of alerts."""

from django.urls import path

from mainstay.monitoring.alerts import rule_views, views

urlpatterns = [
    path("monitor/alerts/", views.alerts, name="alerts"),
    path("monitor/alerts/evaluation/", views.alert_evaluation, name="alert_evaluation"),
    path("monitor/alerts/<int:alert_id>/", views.alert, name="alert"),
    path("monitor/alerts/<int:alert_id>/taking/", views.alert_taking, name="alert_taking"),
    path("monitor/alerts/<int:alert_id>/actions/", views.alert_action, name="alert_action"),
    path("monitor/alert-rules/", rule_views.alert_rules, name="alert_rules"),
    path("monitor/alert-rules/new/", rule_views.alert_rule_new, name="alert_rule_new"),
    path("monitor/alert-rules/<int:rule_id>/", rule_views.alert_rule_edit, name="alert_rule_edit"),
    path("monitor/alert-rules/<int:rule_id>/removal/", rule_views.alert_rule_removal, name="alert_rule_removal"),
]
