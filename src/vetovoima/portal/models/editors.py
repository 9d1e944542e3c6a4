"""What the groups of the content editor may do: editors write and submit, moderators publish; public content, nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission

from vetovoima.accounts.services import EDITORS, MODERATORS, set_editing

#: what a group may do with pages, with pictures and with files
PAGES = {
    EDITORS: ("add_page", "change_page"),
    MODERATORS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
FILES = (
    ("wagtailimages", ("add_image", "change_image", "choose_image")),
    ("wagtaildocs", ("add_document", "change_document", "choose_document")),
)
TASK = WORKFLOW = "Moderators approval"


def grant_editors(**_signal: Any) -> None:
    """This will give the groups their permissions and the workflow its task; run after every migration, safe to run again."""
    from wagtail.models import Page

    access = Permission.objects.filter(
        codename="access_admin", content_type__app_label="wagtailadmin"
    ).first()
    root = Page.get_first_root_node()
    if access is None or root is None:
        return
    for name, codenames in PAGES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(access)
        _grant_pages(group, root, codenames)
        _grant_files(group)
    _set_workflow(root)
    # Their keys alone: this runs also between migrations, when a column of theirs may not be there yet.
    for name in PAGES:
        for user in list(Group.objects.get(name=name).user_set.only("pk")):
            set_editing(user)


def _grant_pages(group: Group, root: Any, codenames: tuple[str, ...]) -> None:
    from wagtail.models import GroupPagePermission

    for codename in codenames:
        permission = Permission.objects.filter(
            codename=codename, content_type__app_label="wagtailcore"
        ).first()
        if permission is None:
            continue  # Wagtail's own permissions are not there yet: this runs again when they are
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    GroupPagePermission.objects.filter(group=group, page=root).exclude(
        permission__codename__in=codenames
    ).delete()


def _grant_files(group: Group) -> None:
    from wagtail.models import Collection, GroupCollectionPermission

    collection = Collection.get_first_root_node()
    for app, codenames in FILES:
        for codename in codenames:
            permission = Permission.objects.filter(codename=codename, content_type__app_label=app).first()
            if permission is None:
                continue  # its app has not been migrated yet: this runs again when it has
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )


def _set_workflow(root: Any) -> None:
    """What an editor submits waits for one of the moderators; a workflow that somebody has set at the root stays."""
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

    if WorkflowPage.objects.filter(page=root).exists():
        task = GroupApprovalTask.objects.filter(name=TASK).first()
    else:
        task, _made = GroupApprovalTask.objects.get_or_create(name=TASK)
        workflow, _made = Workflow.objects.get_or_create(name=WORKFLOW)
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
        WorkflowPage.objects.create(page=root, workflow=workflow)
    if task is not None and not task.groups.exists():
        task.groups.add(Group.objects.get(name=MODERATORS))
