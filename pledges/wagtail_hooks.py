"""Wiring: what pledges refer to, in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.gate.snippets import GatedSnippetViewSet
from pledges import (
    admin_hooks,  # noqa: F401  registers its hooks
    survey_hooks,  # noqa: F401  registers its hooks
)
from pledges.models import (
    CitizenDialogue,
    Partner,
    Person,
    Place,
    SafetySurvey,
    SurveyIndicator,
    WorkingGroup,
)


class PartnerViewSet(GatedSnippetViewSet):
    model = Partner
    icon = "group"
    menu_label = _("Partners")
    list_display = ["name", "category", "locale", "live"]


class PersonViewSet(GatedSnippetViewSet):
    model = Person
    icon = "user"
    menu_label = _("People")
    list_display = ["name", "role_title", "locale", "live"]


class WorkingGroupViewSet(GatedSnippetViewSet):
    model = WorkingGroup
    icon = "group"
    menu_label = _("Working groups")
    list_display = ["name", "level", "locale", "live"]


class PlaceViewSet(GatedSnippetViewSet):
    model = Place
    icon = "site"
    menu_label = _("Places")
    list_display = ["name", "category", "lighting_status", "locale", "live"]


class CitizenDialogueViewSet(GatedSnippetViewSet):
    model = CitizenDialogue
    icon = "comment"
    menu_label = _("Dialogues")
    list_display = ["title", "category", "date_from", "locale", "live"]


class SurveyIndicatorViewSet(GatedSnippetViewSet):
    model = SurveyIndicator
    icon = "help"
    menu_label = _("Survey questions")
    list_display = ["label", "code", "unit", "locale", "live"]


class SafetySurveyViewSet(GatedSnippetViewSet):
    model = SafetySurvey
    icon = "table"
    menu_label = _("Safety surveys")
    list_display = ["name", "year", "area_name", "locale", "live"]


class PledgesViewSetGroup(SnippetViewSetGroup):
    """What pledges are made of, apart from the pages themselves."""

    menu_label = _("Pledges")
    menu_icon = "pick"
    menu_order = 250
    items = (
        PartnerViewSet,
        PersonViewSet,
        WorkingGroupViewSet,
        PlaceViewSet,
        CitizenDialogueViewSet,
        SurveyIndicatorViewSet,
        SafetySurveyViewSet,
    )


register_snippet(PledgesViewSetGroup)
