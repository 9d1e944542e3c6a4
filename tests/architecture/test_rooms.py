"""What is not allowed in which room."""

from __future__ import annotations

import ast

from tests.architecture.house import INTERFACE_APPS, Module, imports, modules, ranks, report

# HTTP belongs to the interface apps. These modules of the apps below are about HTTP itself.
HTTP_MODULES = {
    "src/vetovoima/accounts/adapters.py": "what allauth asks of us",
    "src/vetovoima/accounts/doors.py": "the guard of every view",
}
HTTP_NAMES = ("django.http", "django.shortcuts", "django.views", "django.urls", "wagtail", "ninja", "allauth")
TEMPLATE_NAMES = ("django.template",)
# Mails are templates too, and a template tag is nothing else.
TEMPLATE_ROOMS = ("src/vetovoima/messaging/", "src/vetovoima/common/templatetags/")
MANAGERS = {"objects", "_default_manager", "_base_manager"}
WRITES = {"save", "delete"}
# The page tree is Wagtail's: its models live in the portal and are built by it.
WRITERS = ("src/vetovoima/portal/models", "src/vetovoima/portal/loading.py")


def test_interface_apps_neither_query_nor_write():
    wrong = []
    for module in modules(*INTERFACE_APPS):
        if module.place.startswith(WRITERS):
            continue
        wrong += [f"{module.place}:{line}: {what}" for what, line in _database_words(module)]

    assert wrong == [], report(
        wrong, "Questions belong to a domain app's queries.py, changes to its services.py."
    )


def _database_words(module: Module) -> list[tuple[str, int]]:
    found = []
    # The page tree has no domain app of its own: the portal may ask Wagtail's Page and Site directly.
    pages = {name.rsplit(".", 1)[1] for name, _ in imports(module) if name.startswith("wagtail.models.")}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and ast.unparse(node.value) not in pages:
            found.append((f".{node.attr}", node.lineno))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            found.append((f".{node.func.attr}(", node.lineno))
    return found


def test_domain_apps_know_no_http_and_no_templates():
    wrong = []
    for module in modules(*(set(ranks()) - {"config", *INTERFACE_APPS})):
        if "management" in module.path.parts:
            continue
        for name, line in imports(module):
            is_http = name.startswith(HTTP_NAMES) and module.place not in HTTP_MODULES
            is_template = name.startswith(TEMPLATE_NAMES) and not module.place.startswith(TEMPLATE_ROOMS)
            if is_http or is_template:
                wrong.append(f"{module.place}:{line}: imports {name}")

    assert wrong == [], report(
        wrong, "A view belongs to portal, desk or api; it calls a query or a service and answers."
    )


def test_nothing_happens_in_model_saves():
    wrong = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and _looks_like_a_model(node):
                names = {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
                wrong += [
                    f"{module.place}:{node.lineno}: {node.name}.{name}"
                    for name in sorted(names & {"save", "delete"})
                ]

    assert wrong == [], report(
        wrong, "An invariant is a database constraint; an effect belongs to the service that changes the row."
    )


def _looks_like_a_model(node: ast.ClassDef) -> bool:
    bases = {ast.unparse(base).split(".")[-1] for base in node.bases}
    return bool(bases & {"Model", "Page", "AbstractBaseUser"}) or "Page" in "".join(bases)
