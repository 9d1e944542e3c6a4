"""Everything about the offer and its collection at the desk, by API and by command: one table, and reasons for gaps."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator

from tests.architecture.house import report
from tests.permissions.addresses import patterns
from vetovoima.api.v1.service import operations
from vetovoima.config.cli import COMMANDS

#: where changes of the offer and its collection are made; `many` and `asking` are ways of calling these
SERVICES = (
    "catalogue.services", "catalogue.knowledge.services", "catalogue.sectors.services", "collection.imports.services",
    "collection.rounds.services", "collection.rounds.answers", "collection.rounds.stewards",
    "collection.rounds.links", "collection.rounds.duties", "collection.sources.services", "collection.sources.deciding",
    "cooperation.emphasis.services", "cooperation.readiness.services", "cooperation.contacts.services",
    "syndication.packages.services", "syndication.partners.services", "syndication.partners.noting",
    "syndication.partners.register", "syndication.webhooks.services", "syndication.channels.services",
    "syndication.federation.services", "syndication.embedding.services", "accounts.leaving", "monitoring.audit.services", "messaging.services",
)  # fmt: skip

# Reasons, each in one place.
PERSON = "– a person looks and decides at the desk; a program has nothing to decide here"
RUNS_ROUNDS = "– the coordinator plans and runs rounds at the desk; programs read them and answer"
OPERATOR = "– the command line is the operator's, who acts for nobody: scripts of a person call the API"
INSIDE = "– part of another change, which is on this list"
MEANT_FOR_EYES = (
    "– words about a picture or document are written by whoever looks at it; a program adds it anew"
)
KEEPS_REGISTER = "– the coordinator keeps the register of channels; programs read it"
FOR_EYES_OF_INVESTORS = "– whoever sells the offer chooses and argues; programs read the records themselves"
BESIDE_OURS = (
    "– whose offer stands beside ours is decided by people at the desk; programs read the joint list"
)
OWN_LOG = (
    "– conversations with companies are read and written by the municipality's people alone, at the desk"
)
SYSTEM = "– the system does this by itself"

Ways = tuple[str, str, str]
#: change: (address at the desk, operation of the API, command)
TABLE: dict[str, Ways] = {
    # the record
    "create_site": ("desk:site-new", "make_record", "import"),
    "edit_site": ("desk:site-group", "change_record", "import"),
    "submit_site": ("desk:site-submit", "submit", "import"),
    "return_site": ("desk:site-return", "give_back", OPERATOR),
    "publish_site": ("desk:site-publish", "publish", "load-region"),
    "schedule_publishing": ("desk:site-schedule", "publish", OPERATOR),
    "cancel_scheduled": ("desk:site-unschedule", "unschedule", OPERATOR),
    "withdraw_site": ("desk:site-withdraw", "withdraw", OPERATOR),
    "undo_edit": ("desk:site-undo", "undo", OPERATOR),
    "restore_version": ("desk:site-restore", "restore", OPERATOR),
    "add_photo": ("desk:site-photo-add", "add_photo", "load-region"),
    "describe_photo": ("desk:site-photo-edit", MEANT_FOR_EYES, OPERATOR),
    "move_photo": ("desk:site-photo-move", MEANT_FOR_EYES, OPERATOR),
    "remove_photo": ("desk:site-photo-remove", "remove_photo", OPERATOR),
    "add_file": ("desk:site-file-add", "add_file", OPERATOR),
    "describe_file": ("desk:site-file-edit", MEANT_FOR_EYES, OPERATOR),
    "remove_file": ("desk:site-file-remove", "remove_file", OPERATOR),
    "rescan_file": ("desk:site-file-rescan", PERSON, OPERATOR),
    # the fact bank
    "create_fact": ("desk:fact-new", "add_fact", "load-region"),
    "edit_fact": ("desk:fact-edit", "change_fact", "load-region"),
    "confirm_fact": ("desk:fact-confirm", "confirm_fact", OPERATOR),
    "retire_fact": ("desk:fact-retire", PERSON, OPERATOR),
    # imports
    "start_import": ("desk:import-new", "send_file", "import"),
    "read_again": ("desk:import-read", "send_file", "import"),
    "confirm_columns": ("desk:import-columns", "choose_columns", OPERATOR),
    "mend_row": ("desk:import-row-mend", "mend_row", OPERATOR),
    "skip_rows": ("desk:import-skip", "skip_errors", "import"),
    "skip_errors": ("desk:import-skip", "skip_errors", "import"),
    "commit_import": ("desk:import-commit", "commit", "import"),
    "undo_import": ("desk:import-undo", "undo_import", OPERATOR),
    "redo_import": ("desk:import-redo", "redo_import", OPERATOR),
    "cancel_import": ("desk:import-cancel", "cancel", OPERATOR),
    **dict.fromkeys(("begin_check", "begin_commit", "begin_undo", "begin_redo"), (INSIDE, INSIDE, INSIDE)),
    # rounds
    "create_round": ("desk:round-new", RUNS_ROUNDS, OPERATOR),
    "edit_round": ("desk:round-edit", RUNS_ROUNDS, OPERATOR),
    "set_questions": ("desk:round-questions", RUNS_ROUNDS, OPERATOR),
    "open_round": ("desk:round-open", RUNS_ROUNDS, "remind"),
    "close_round": ("desk:round-close", RUNS_ROUNDS, "remind"),
    "drop_round": ("desk:round-remove", RUNS_ROUNDS, OPERATOR),
    **dict.fromkeys(("record_round", "record_task"), (INSIDE, INSIDE, INSIDE)),
    "save_draft": ("desk:round-task-save", "answer_round", OPERATOR),
    "answer": ("desk:round-task", "answer_round", OPERATOR),
    "take_back": ("desk:round-task-back", "take_back", OPERATOR),
    "copy_previous": ("desk:round-task-copy", "round_answer", OPERATOR),
    "accept_answer": ("desk:round-task-accept", "accept", OPERATOR),
    "return_answer": ("desk:round-task-return", "give_back_answer", OPERATOR),
    "set_visit_day": ("desk:round-task-visit", RUNS_ROUNDS, OPERATOR),
    "make_link": ("desk:round-task-link", PERSON, OPERATOR),
    "revoke_link": ("desk:round-task-link-revoke", PERSON, OPERATOR),
    # stewards and duties
    "name_steward": ("desk:collection-steward", PERSON, OPERATOR),
    "set_absence": ("desk:collection-absence", PERSON, OPERATOR),
    "set_coach_mail": ("desk:collection-coach", PERSON, OPERATOR),
    "mark_done": ("desk:collection-duty", PERSON, OPERATOR),
    # offer packages
    "create_package": ("desk:package-new", FOR_EYES_OF_INVESTORS, OPERATOR),
    "edit_package": ("desk:package-edit", FOR_EYES_OF_INVESTORS, OPERATOR),
    "copy_package": ("desk:package-copy", FOR_EYES_OF_INVESTORS, OPERATOR),
    "mark_ready": ("desk:package-ready", FOR_EYES_OF_INVESTORS, OPERATOR),
    "archive_package": ("desk:package-archive", FOR_EYES_OF_INVESTORS, OPERATOR),
    "reopen_package": ("desk:package-reopen", FOR_EYES_OF_INVESTORS, OPERATOR),
    # sources
    "add_source": ("desk:source-new", PERSON, OPERATOR),
    "edit_source": ("desk:source-edit", PERSON, OPERATOR),
    "accept_shape": ("desk:source-accept", PERSON, OPERATOR),
    "take_said": ("desk:source-conflict", PERSON, OPERATOR),
    "keep_ours": ("desk:source-conflict", PERSON, OPERATOR),
    "pause_source": ("desk:source-pause", "pause", OPERATOR),
    "remove_source": ("desk:source-remove", PERSON, OPERATOR),
    "ask_for_run": ("desk:source-run", "run_now", "harvest"),
    "forget_record": ("desk:source-decided", PERSON, OPERATOR),
    # webhooks
    "create_webhook": ("desk:webhook-new", "make_webhook", "webhook"),
    "edit_webhook": ("desk:webhook-edit", "change_webhook", OPERATOR),
    "pause_webhook": ("desk:webhook-pause", "pause_webhook", "webhook"),
    "resume_webhook": ("desk:webhook-resume", "resume_webhook", "webhook"),
    "rotate_secret": ("desk:webhook-secret", "replace_secret", "webhook"),
    "send_test": ("desk:webhook-test", "test_webhook", "webhook"),
    "replay_delivery": ("desk:webhook-delivery-replay", "replay_one", "webhook"),
    "replay_since": ("desk:webhook-replay", "replay_all", "webhook"),
    "remove_webhook": ("desk:webhook-remove", "drop_webhook", "webhook"),
    "record_webhook": (INSIDE, INSIDE, INSIDE),
    # pages that show the offer
    "create_page": ("desk:channel-new", "register_channel", "channel"),
    "edit_page": ("desk:channel-edit", "change_channel", OPERATOR),
    "visit_page": ("desk:channel-visit", "visit_channel", "channel"),
    "remove_page": ("desk:channel-remove", "drop_channel", "channel"),
    # websites that may show the frame
    "allow_origin": ("desk:embed-origins", PERSON, OPERATOR),
    "remove_origin": ("desk:embed-origin-remove", PERSON, OPERATOR),
    # other regions that are followed
    "follow_source": ("desk:neighbour-new", BESIDE_OURS, "follow"),
    "edit_followed": ("desk:neighbour-edit", BESIDE_OURS, OPERATOR),
    "pause_followed": ("desk:neighbour-pause", BESIDE_OURS, "follow"),
    "resume_followed": ("desk:neighbour-resume", BESIDE_OURS, "follow"),
    "refresh_followed": ("desk:neighbour-read", BESIDE_OURS, "follow"),
    "unfollow_source": ("desk:neighbour-end", BESIDE_OURS, "follow"),
    "record_followed": (INSIDE, INSIDE, INSIDE),
    # other channels, and what is given to them
    "create_partner": ("desk:partner-new", KEEPS_REGISTER, "load-region"),
    "edit_partner": ("desk:partner-edit", KEEPS_REGISTER, "load-region"),
    "note_talk": ("desk:partner-talk", PERSON, OPERATOR),
    "prepare_delivery": ("desk:delivery-new", "make_delivery", OPERATOR),
    "edit_delivery": ("desk:delivery-edit", "change_delivery", OPERATOR),
    "pack_delivery": ("desk:delivery-pack", "make_files", OPERATOR),
    "cancel_delivery": ("desk:delivery-cancel", "put_away", OPERATOR),
    "mark_sent": ("desk:delivery-sent", "note_sent", OPERATOR),
    "note_receipt": ("desk:delivery-receipt", "note_received", OPERATOR),
    "note_shown": ("desk:delivery-shown", "note_what_is_shown", OPERATOR),
    "note_outcome": ("desk:delivery-outcome", "note_what_came", OPERATOR),
    "note_told": ("desk:delivery-told", "note_that_told", OPERATOR),
    "record_delivery": (INSIDE, INSIDE, INSIDE),
    # a municipality's emphasis, readiness and plan
    "save_emphasis": ("desk:emphasis-edit", PERSON, "load-region"),
    "drop_emphasis": ("desk:emphasis-drop", PERSON, OPERATOR),
    "approve_emphasis": ("desk:emphasis-approve", PERSON, "load-region"),
    "add_gathering": ("desk:gathering-new", PERSON, "load-region"),
    "edit_gathering": ("desk:gathering-edit", PERSON, OPERATOR),
    "remove_gathering": ("desk:gathering-remove", PERSON, OPERATOR),
    "save_assessment": ("desk:readiness", PERSON, OPERATOR),
    "finish_assessment": ("desk:readiness", PERSON, OPERATOR),
    "reopen_assessment": ("desk:readiness-reopen", PERSON, OPERATOR),
    "add_action": ("desk:plan-new", PERSON, OPERATOR),
    "edit_action": ("desk:plan-edit", PERSON, OPERATOR),
    # company contacts
    "log_contact": ("desk:contact-new", OWN_LOG, OPERATOR),
    "edit_contact": ("desk:contact-edit", OWN_LOG, OPERATOR),
    "finish_follow_up": ("desk:contact-follow-up", OWN_LOG, OPERATOR),
    "share_summary": ("desk:contact-share", OWN_LOG, OPERATOR),
    "stop_sharing": ("desk:contact-unshare", OWN_LOG, OPERATOR),
    "remove_contact": ("desk:contact-remove", OWN_LOG, OPERATOR),
    # the self-audit
    "run_audit": ("desk:audit", SYSTEM, "audit"),
    # a mail that was refused
    "send_again": ("desk:mail-again", PERSON, OPERATOR),
    # people who leave
    "end_membership": ("desk:people-role-end", PERSON, "people"),
    "disable_person": ("desk:person-close", PERSON, "people"),
    "enable_person": ("desk:person-open", PERSON, "people"),
    # sheets of the sectors
    "create_sheet": ("desk:sector-begin", PERSON, "load-region"),
    "edit_sheet": ("desk:sector-edit", PERSON, "load-region"),
    "edit_part": ("desk:sector-part", PERSON, "load-region"),
    "judge_strengths": ("desk:sector-scores", PERSON, OPERATOR),
    "ask_review": ("desk:sector-ask", PERSON, OPERATOR),
    "review_sheet": ("desk:sector-review", PERSON, "load-demo"),
    "return_sheet": ("desk:sector-return", PERSON, OPERATOR),
    "mark_homework": ("desk:sector-homework", PERSON, OPERATOR),
}  # fmt: skip


def changes() -> Iterator[tuple[str, str]]:
    """This will list every change of the offer and its collection: its name, and where it is written."""
    for name in SERVICES:
        module = importlib.import_module(f"vetovoima.{name}")
        package = module.__name__
        for function_name, function in inspect.getmembers(module, inspect.isfunction):
            is_ours = function.__module__ == package or function.__module__.startswith(f"{package}.")
            taken = set(inspect.signature(function).parameters)
            if is_ours and not function_name.startswith("_") and taken & {"by", "writer"} and "now" in taken:
                yield function_name, function.__module__


def test_every_change_is_in_the_table():
    wrong = sorted(f"{name} ({place})" for name, place in changes() if name not in TABLE)

    assert wrong == [], report(
        wrong, "Say in TABLE where a person, a program and the operator do it, or why one of them does not."
    )


def test_the_table_names_no_change_that_is_gone():
    known = {name for name, _place in changes()}

    assert sorted(set(TABLE) - known) == []


def test_the_ways_of_the_table_are_there():
    known = (
        {name for name, _pattern in patterns()},
        {one.view_func.__name__ for _route, by_method, _view in operations() for one in by_method.values()},
        set(COMMANDS),
    )
    wrong = [
        f"{change}: {way}"
        for change, ways in TABLE.items()
        for way, there in zip(ways, known, strict=True)
        if not way.startswith("–") and way not in there
    ]

    assert wrong == [], report(
        wrong, "The table names an address, an operation or a command that does not exist."
    )


def test_whatever_a_person_does_is_done_somewhere():
    assert [
        change
        for change, ways in TABLE.items()
        if ways[0] not in (INSIDE, SYSTEM) and ways[0].startswith("–")
    ] == []
