"""Addresses of collecting: the board, one municipality, rounds and each municipality's part of them."""

from django.urls import include, path

from .views import answering, board, judging, links, rounds, stewards

TOWN = "towns/<slug:town>/"
TASK = "rounds/<slug:round>/towns/<slug:town>/"

urlpatterns = [
    path("", board.board, name="collection"),
    path("imports/", include("vetovoima.desk.collection.imports.urls")),
    path("sources/", include("vetovoima.desk.collection.sources.urls")),
    path(TOWN, board.town, name="collection-town"),
    path(f"{TOWN}steward/", stewards.steward, name="collection-steward"),
    path(f"{TOWN}absence/", stewards.absence, name="collection-absence"),
    path(f"{TOWN}coach/", stewards.coach_mail, name="collection-coach"),
    path(f"{TOWN}duties/<slug:duty>/", stewards.duty_done, name="collection-duty"),
    path("rounds/", rounds.round_list, name="rounds"),
    path("rounds/new/", rounds.round_new, name="round-new"),
    path("rounds/<slug:round>/", rounds.round_detail, name="round"),
    path("rounds/<slug:round>/edit/", rounds.round_edit, name="round-edit"),
    path("rounds/<slug:round>/questions/", rounds.round_questions, name="round-questions"),
    path("rounds/<slug:round>/open/", rounds.round_open, name="round-open"),
    path("rounds/<slug:round>/close/", rounds.round_close, name="round-close"),
    path("rounds/<slug:round>/remove/", rounds.round_remove, name="round-remove"),
    path("rounds/<slug:round>/print/", rounds.round_print, name="round-print"),
    path("rounds/<slug:round>/summary/", judging.round_summary, name="round-summary"),
    path("rounds/<slug:round>/summary.xlsx", judging.round_summary_workbook, name="round-summary-workbook"),
    path(TASK, answering.task, name="round-task"),
    path(f"{TASK}save/", answering.task_save, name="round-task-save"),
    path(f"{TASK}form.xlsx", answering.task_workbook, name="round-task-workbook"),
    path(f"{TASK}upload/", answering.task_upload, name="round-task-upload"),
    path(f"{TASK}copy/", answering.task_copy, name="round-task-copy"),
    path(f"{TASK}back/", answering.task_back, name="round-task-back"),
    path(f"{TASK}accept/", judging.task_accept, name="round-task-accept"),
    path(f"{TASK}return/", judging.task_return, name="round-task-return"),
    path(f"{TASK}visit/", judging.task_visit, name="round-task-visit"),
    path(f"{TASK}links/", links.link_make, name="round-task-link"),
    path(f"{TASK}links/<int:number>/revoke/", links.link_revoke, name="round-task-link-revoke"),
]
