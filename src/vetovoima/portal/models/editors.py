"""What the group of content editors may do in the content editor: public pages and pictures, nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission

from vetovoima.accounts.services import EDITORS


def grant_editors(**_signal: Any) -> None:
    """This will give the group its permissions; run after every migration, safe to run again."""
    from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

    group, _created = Group.objects.get_or_create(name=EDITORS)
    access = Permission.objects.filter(
        codename="access_admin", content_type__app_label="wagtailadmin"
    ).first()
    root = Page.get_first_root_node()
    if access is None or root is None:
        return
    group.permissions.add(access)
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    collection = Collection.get_first_root_node()
    for codename in ("add_image", "change_image", "choose_image"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailimages")
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
