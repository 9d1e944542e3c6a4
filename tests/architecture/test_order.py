"""The import order, where import-linter cannot see it."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Field

from tests.architecture.house import INTERFACE_APPS, PACKAGE, Module, imports, modules, ranks, report


def our_relations() -> list[Field]:
    """This will return every relation that a model of ours declares itself."""
    return [
        field
        for model in apps.get_models(include_auto_created=False)
        if model.__module__.startswith("vetovoima.")
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.is_relation and field.model is model and not field.auto_created
    ]


def app_of(model: type) -> str:
    """This will return the app of ours that a model belongs to, empty for a library's model."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "vetovoima" else ""


def test_every_app_has_its_place_in_the_order():
    found = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}

    assert found == set(ranks()), "pyproject.toml, [tool.importlinter], contract 'order' names the apps"


def test_relations_point_down():
    wrong = []
    for field in our_relations():
        own, other = app_of(field.model), app_of(field.related_model)
        if other and own != other and ranks()[other] >= ranks()[own]:
            wrong.append(f"{field}: {own} points up at {other}")

    assert wrong == [], report(wrong, "Turn the relation round, or record a fact below and subscribe above.")


def test_relations_across_apps_leave_no_accessor_below():
    wrong = []
    for field in our_relations():
        own, other = app_of(field.model), app_of(field.related_model)
        if other and own != other and not field.remote_field.hidden:
            wrong.append(f"{field}: {other}.{field.related_model.__name__} grows an accessor back to {own}")

    assert wrong == [], report(
        wrong,
        'Say related_name="+": the lower app must not know the upper one, not even by attribute. Ask its queries.',
    )


def model_imports(module: Module) -> list[str]:
    """This will return where a module imports, when it runs, the models of another app."""
    found = []
    for name, line in imports(module):
        parts = name.split(".")
        if parts[0] == "vetovoima" and len(parts) > 2 and parts[2] == "models" and parts[1] != module.app:
            found.append(f"{module.place}:{line}: imports {name}")
    return found


def test_interface_apps_import_no_models_of_domain_apps():
    wrong = [line for module in modules(*INTERFACE_APPS) for line in model_imports(module)]

    assert wrong == [], report(
        wrong,
        "Questions go to the app's queries, changes to its services; for a type alone, import under TYPE_CHECKING.",
    )


def test_models_name_models_of_other_apps_by_string():
    rooms = [module for module in modules(*ranks()) if "models" in {*module.path.parts, module.path.stem}]
    wrong = [line for module in rooms for line in model_imports(module)]

    assert wrong == [], report(
        wrong, "A relation is a string ('reference.Municipality'): models load in any order."
    )
