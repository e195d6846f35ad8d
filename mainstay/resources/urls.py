"""The addresses of this room."""

from django.urls import path

from mainstay.resources.capacity_urls import urlpatterns as capacity_urls
from mainstay.resources.staffing_urls import urlpatterns as staffing_urls
from mainstay.resources.views import absences, demand_templates, people, places, rates, skills, vocabulary

PEOPLE = [
    path("resources/people/", people.resource_list, name="resource_list"),
    path("resources/people/export/", people.resource_export, name="resource_export"),
    path("resources/people/new/", people.resource_new, name="resource_new"),
    path("resources/people/<slug:key>/", people.resource, name="resource"),
    path("resources/people/<slug:key>/edit/", people.resource_edit, name="resource_edit"),
    path("resources/people/<slug:key>/proficiencies/", people.proficiencies, name="proficiencies"),
    path("resources/people/<slug:key>/absences/", absences.absences, name="absences"),
    path("resources/people/<slug:key>/calendar-file/", absences.absences_import, name="absences_import"),
    path("resources/people/<slug:key>/rates/", rates.person_rates, name="person_rates"),
    path("resources/proficiencies/<int:proficiency_id>/", people.proficiency, name="proficiency"),
    path(
        "resources/proficiencies/<int:proficiency_id>/removal/",
        people.proficiency_removal,
        name="proficiency_removal",
    ),
    path("resources/absences/<int:absence_id>/", absences.absence, name="absence"),
    path("resources/absences/<int:absence_id>/removal/", absences.absence_removal, name="absence_removal"),
    path("resources/skills/", skills.skills, name="skills"),
    path("resources/skills/export/", skills.skills_export, name="skills_export"),
    path("resources/skills/levels/", skills.skill_levels, name="skill_levels"),
]
PLACES = [
    path("resources/teams/", places.teams, name="teams"),
    path("resources/teams/new/", places.team_new, name="team_new"),
    path("resources/teams/<slug:key>/", places.team, name="team"),
    path("resources/calendars/", places.calendars, name="calendars"),
    path("resources/calendars/new/", places.calendar_new, name="calendar_new"),
    path("resources/calendars/holidays/", places.holidays, name="holidays"),
    path("resources/calendars/<slug:key>/", places.calendar, name="calendar"),
    path("resources/sites/new/", places.site_new, name="site_new"),
    path("resources/sites/<slug:key>/", places.site, name="site"),
]
RATES = [
    path("resources/rates/", rates.rates, name="rates"),
    path("resources/rates/roles/", rates.role_rates, name="role_rates"),
    path("resources/rates/<int:rate_id>/", rates.rate, name="rate"),
    path("resources/rates/<int:rate_id>/removal/", rates.rate_removal, name="rate_removal"),
    path("resources/sourcing/", rates.sourcing, name="sourcing"),
    path("resources/sourcing/<int:option_id>/", rates.sourcing_option, name="sourcing_option"),
    path("resources/sourcing/<int:option_id>/removal/", rates.sourcing_removal, name="sourcing_removal"),
]
VOCABULARY = [
    path("resources/demand-templates/", demand_templates.demand_templates, name="demand_templates"),
    path("resources/demand-templates/new/", demand_templates.demand_template_new, name="demand_template_new"),
    path("resources/demand-templates/<slug:key>/", demand_templates.demand_template, name="demand_template"),
    path("resources/vocabulary/", vocabulary.vocabulary, name="vocabulary"),
    path("resources/vocabulary/<slug:kind>/", vocabulary.words, name="words"),
    path("resources/vocabulary/<slug:kind>/<slug:key>/", vocabulary.word, name="word"),
]
urlpatterns = [*PEOPLE, *PLACES, *RATES, *VOCABULARY, *staffing_urls, *capacity_urls]
