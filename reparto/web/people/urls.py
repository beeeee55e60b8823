"""Addresses of people, groups, campaigns and modes."""

from django.urls import path

from .absences import AddAbsence, RemoveAbsence
from .campaign_members import CampaignMembers
from .campaigns_page import CampaignsPage
from .group_delete import GroupDelete
from .group_move import GroupMove
from .groups_page import GroupsPage
from .modes_page import ModesPage
from .people_page import PeoplePage
from .person_handover import PersonHandover
from .person_invite import PersonInvite
from .person_new import PersonNew
from .person_page import PersonPage
from .person_reactivate import PersonReactivate
from .person_receives import PersonReceives
from .person_second_step import PersonSecondStep
from .person_suspend import PersonSuspend
from .person_uninvite import PersonUninvite
from .schedule_page import SchedulePage

urlpatterns = [
    path("agentes", PeoplePage.as_view(), name="people"),
    path("agentes/nueva", PersonNew.as_view(), name="person_new"),
    path("agentes/grupos", GroupsPage.as_view(), name="groups"),
    path("agentes/grupos/<int:group_id>/mover", GroupMove.as_view(), name="group_move"),
    path("agentes/grupos/<int:group_id>/eliminar", GroupDelete.as_view(), name="group_delete"),
    path("agentes/canales", ModesPage.as_view(), name="modes"),
    path("agentes/campanas", CampaignsPage.as_view(), name="campaigns"),
    path("agentes/campanas/<int:campaign_id>", CampaignMembers.as_view(), name="campaign_members"),
    path("agentes/<int:person_id>", PersonPage.as_view(), name="person"),
    path("agentes/<int:person_id>/horario", SchedulePage.as_view(), name="person_schedule"),
    path("agentes/<int:person_id>/ausencias", AddAbsence.as_view(), name="person_absences"),
    path(
        "agentes/<int:person_id>/ausencias/<int:absence_id>/quitar",
        RemoveAbsence.as_view(),
        name="person_absence_remove",
    ),
    path("agentes/<int:person_id>/recibe", PersonReceives.as_view(), name="person_receives"),
    path("agentes/<int:person_id>/suspender", PersonSuspend.as_view(), name="person_suspend"),
    path("agentes/<int:person_id>/traspaso", PersonHandover.as_view(), name="person_handover"),
    path("agentes/<int:person_id>/reactivar", PersonReactivate.as_view(), name="person_reactivate"),
    path("agentes/<int:person_id>/segundo-paso", PersonSecondStep.as_view(), name="person_second_step"),
    path("agentes/<int:person_id>/invitar", PersonInvite.as_view(), name="person_invite"),
    path("agentes/<int:person_id>/retirar-invitacion", PersonUninvite.as_view(), name="person_uninvite"),
]
