"""The layout, the layers and the habits of the code base, held by lists.

Where a list here and the code differ, decide which of the two is wrong: a new module, a
new public name or a new exception is a line in a table, on purpose.
"""

import ast
import re
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.db import models

from kader.fields import TermSetField
from tests.settings import BASE_DIR

LAYERS = [
    "kader",
    "accounts",
    "projects",
    "rechtencirkel",
    "dialogue",
    "improvement_actions",
    "reports",
    "lpk_site",
]

# What another app may import. Never views, forms, tasks or admin.
PUBLIC = {
    "kader": {
        "vocabulary",
        "fields",
        "numbers",
        "plain_forms",
        "palette",
        "privacy_hint",
        "svg",
        "templatetags",
    },
    "accounts": {"models", "services", "http"},
    "projects": {
        "models",
        "services",
        "access",
        "agenda",
        "composition",
        "feasibility",
        "ical",
        "participation",
        "plot",
    },
    "rechtencirkel": {
        "models",
        "services",
        "analysis",
        "suppression",
        "wheel",
        "charts",
        "converters",
        "catalogue",
        "comparison",
        "sheet",
        "sheet_drawing",
        "batches",
        "publishing",
        "paper",
        "qr",
    },
    "dialogue": {"models", "services"},
    "improvement_actions": {"models", "services", "story"},
    "reports": {"models", "services", "progress"},
    "lpk_site": set(),
}

# Every module has a place. What every app may have, and what one app has.
EVERYWHERE = {
    "admin",
    "apps",
    "forms",
    "management",
    "migrations",
    "models",
    "services",
    "templatetags",
    "urls",
    "views",
}
MODULES = {
    "kader": {
        "vocabulary",
        "fields",
        "numbers",
        "plain_forms",
        "palette",
        "privacy_hint",
        "svg",
    },
    "accounts": {"adapter", "http", "passwords"},
    "projects": {
        "access",
        "agenda",
        "composition",
        "converters",
        "course",
        "estimates",
        "feasibility",
        "ical",
        "matrix",
        "matrix_comparison",
        "method_steps",
        "participation",
        "partners",
        "planning_changes",
        "plot",
        "responsibilities",
        "timeline",
    },
    "rechtencirkel": {
        "adding_up",
        "analysis",
        "barriers",
        "batches",
        "catalogue",
        "charts",
        "comparison",
        "converters",
        "coverage",
        "gaps",
        "evidence",
        "link_answers",
        "live_words",
        "paper",
        "photo_files",
        "pictures",
        "publishing",
        "qr",
        "sheet",
        "sheet_drawing",
        "sheet_file",
        "sheet_filling",
        "sheet_import",
        "sheet_persons",
        "sheet_template",
        "sheet_changes",
        "sheet_progress",
        "suppression",
        "tasks",
        "wheel",
        "wheel_geometry",
        "wording",
    },
    "dialogue": set(),
    "improvement_actions": {"story"},
    "reports": {
        "digest",
        "guide",
        "guide_marks",
        "measurements",
        "meeting_parts",
        "pdf",
        "progress",
        "groups",
        "rules",
        "situation",
        "tasks",
    },
    "lpk_site": {
        "access_table",
        "celery",
        "checks",
        "demo",
        "formats",
        "integrity",
        "middleware",
        "navigation",
        "routes",
        "settings",
        "static_storage",
        "wsgi",
    },
}

# Inside an app a module may only import what stands further down.
INNER_ORDER = [
    {"urls"},
    {"views", "admin", "management"},
    {"forms"},
    {"services"},
    {"tasks"},
    {"pdf", "digest"},
    {"rules"},
    {"situation"},
    {"story", "progress", "analysis"},
    {"access", "http"},
    {"models"},
    {"vocabulary", "catalogue", "suppression", "palette"},
]

NO_DOCSTRING_NEEDED = {"urls", "apps", "admin", "__init__"}

# Relations of the rows inside a sheet: no form and no page ever names them.
INSIDE_A_SHEET = {
    "BarrierMention",
    "DomainTotal",
    "OpenAnswer",
    "OptionTally",
    "PointsTally",
    "Quote",
}

# What may be trusted as HTML besides what format_html escaped: the drawing of the secret
# for an authenticator app, made by a library from numbers alone, and the elements of a
# chart, which escape every text and value themselves.
MAY_MARK_SAFE = {"accounts/adapter.py", "kader/svg.py"}

TEMPLATES = sorted((BASE_DIR / "templates").rglob("*.html"))
MODELS = [
    model for layer in LAYERS for model in apps.get_app_config(layer).get_models()
]


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(*LAYERS, cache_dir=None, include_external_packages=True)


def our_modules(graph):
    return sorted(
        name
        for name in graph.modules
        if name.split(".")[0] in LAYERS and ".migrations" not in name
    )


def imports(graph):
    """Return every import between our own modules as (importer, imported)."""
    return [
        (importer, imported)
        for importer in our_modules(graph)
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
        if imported.split(".")[0] in LAYERS
    ]


def rank(module):
    return LAYERS.index(module.split(".")[0])


def place(module):
    """Return the module's name inside its app, "" for the app itself."""
    return module.partition(".")[2].partition(".")[0]


def upward_imports(graph):
    return [pair for pair in imports(graph) if rank(pair[1]) > rank(pair[0])]


def private_imports(graph):
    return [
        (importer, imported)
        for importer, imported in imports(graph)
        if rank(imported) != rank(importer)
        and place(imported) not in PUBLIC[imported.split(".")[0]]
    ]


def backward_imports(graph):
    def step(module):
        return next(
            (i for i, names in enumerate(INNER_ORDER) if place(module) in names), None
        )

    return [
        (importer, imported)
        for importer, imported in imports(graph)
        if rank(importer) == rank(imported)
        and None not in (step(importer), step(imported))
        and step(imported) < step(importer)
    ]


def cycles(graph):
    """Return the modules from which an import chain leads back to themselves."""
    onward = {module: set() for module in our_modules(graph)}
    for importer, imported in imports(graph):
        # A package that re-exports its own parts is one thing with them.
        if not importer.startswith(f"{imported}.") and not imported.startswith(
            f"{importer}."
        ):
            onward[importer].add(imported)
    while True:
        ends = {module for module, targets in onward.items() if not targets}
        if not ends:
            return sorted(onward)
        onward = {
            module: targets - ends
            for module, targets in onward.items()
            if module not in ends
        }


def misplaced_modules(names):
    return [
        name
        for name in names
        if place(name) and place(name) not in EVERYWHERE | MODULES[name.split(".")[0]]
    ]


# --- the layers -------------------------------------------------------------


def test_no_app_imports_a_higher_app(graph):
    assert upward_imports(graph) == []


def test_an_app_imports_only_public_modules_of_another(graph):
    assert private_imports(graph) == []


def test_inside_an_app_imports_follow_the_inner_order(graph):
    assert backward_imports(graph) == []


def test_no_imports_run_in_circles(graph):
    assert cycles(graph) == []


def test_every_public_module_exists(graph):
    present = {(name.split(".")[0], place(name)) for name in our_modules(graph)}

    listed = {(app, name) for app, names in PUBLIC.items() for name in names}

    assert listed - present == set()


@pytest.mark.parametrize(
    ("importer", "imported", "check"),
    [
        ("kader.vocabulary", "reports.models", upward_imports),
        ("projects.models.project", "dialogue.services", upward_imports),
        ("reports.models", "dialogue.views", private_imports),
        ("lpk_site.navigation", "projects.forms", private_imports),
        ("projects.access", "projects.views", backward_imports),
    ],
)
def test_a_planted_import_is_found(importer, imported, check):
    planted = grimp.build_graph(*LAYERS, cache_dir=None)
    planted.add_module(imported)
    planted.add_import(importer=importer, imported=imported)

    assert (importer, imported) in check(planted)


def test_a_planted_circle_is_found():
    planted = grimp.build_graph(*LAYERS, cache_dir=None)
    planted.add_import(importer="kader.vocabulary", imported="kader.fields")

    assert {"kader.fields", "kader.vocabulary"} <= set(cycles(planted))


def test_foreign_keys_point_downward_or_stay_inside():
    upward = [
        f"{model.__name__}.{relation.name}"
        for model in MODELS
        for relation in model._meta.get_fields()
        if relation.is_relation
        and relation.concrete
        and relation.related_model._meta.app_label in LAYERS
        and LAYERS.index(relation.related_model._meta.app_label)
        > LAYERS.index(model._meta.app_label)
    ]

    assert upward == []


# --- the layout -------------------------------------------------------------


def test_every_module_has_a_place(graph):
    assert misplaced_modules(our_modules(graph)) == []


@pytest.mark.parametrize("name", ["utils", "common", "core", "helpers", "managers"])
def test_a_module_without_a_subject_has_no_place(name):
    assert misplaced_modules([f"projects.{name}"]) == [f"projects.{name}"]


def test_every_place_of_one_app_is_taken(graph):
    present = {(name.split(".")[0], place(name)) for name in our_modules(graph)}

    listed = {(app, name) for app, names in MODULES.items() for name in names}

    assert listed - present == set()


def sources():
    for layer in LAYERS:
        for source in sorted((BASE_DIR / layer).rglob("*.py")):
            if "migrations" not in source.parts:
                yield source


def says(source):
    return source.relative_to(BASE_DIR).as_posix()


def test_every_module_says_what_it_knows():
    silent = [
        says(source)
        for source in sources()
        if source.stem not in NO_DOCSTRING_NEEDED
        and ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) is None
    ]

    assert silent == []


def test_every_shared_test_module_says_what_it_knows():
    silent = [
        says(source)
        for source in sorted((BASE_DIR / "tests").rglob("*.py"))
        if not source.stem.startswith("test_")
        and ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) is None
    ]

    assert silent == []


def test_no_module_uses_the_signals_of_django(graph):
    users = [
        module
        for module in our_modules(graph)
        for imported in graph.find_modules_directly_imported_by(module)
        if imported.startswith("django.dispatch")
    ]
    named = [
        says(source)
        for source in sources()
        if re.search(
            r"django\.(\w+\.)*signals|from django\.dispatch|@receiver",
            source.read_text(encoding="utf-8"),
        )
    ]

    assert users + named == []


def test_only_listed_modules_trust_text_as_html():
    trusting = {
        says(source)
        for source in sources()
        if re.search(
            r"\bmark_safe\(|\bSafeString\((?!(\"\")?\))|__html__",
            source.read_text(encoding="utf-8"),
        )
    }

    assert trusting == MAY_MARK_SAFE


def test_no_module_is_longer_than_it_reads():
    long = {
        says(source): len(source.read_text(encoding="utf-8").splitlines())
        for source in sources()
    }

    # The vocabulary is one list after another, the wheel is one drawing, and the demo
    # tells the story of a municipality.
    allowed = {"kader/vocabulary.py", "rechtencirkel/wheel.py"}
    allowed |= {name for name in long if name.startswith("lpk_site/demo/")}
    assert {
        name: lines
        for name, lines in long.items()
        if lines > 450 and name not in allowed
    } == {}


# --- the models -------------------------------------------------------------


def own_fields(model):
    return [
        field
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if not field.auto_created and field.model is model
    ]


def stores_terms(field):
    return isinstance(field, TermSetField) or (
        isinstance(field, models.CharField) and bool(field.choices)
    )


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_has_dutch_names_and_a_fixed_order(model):
    given = model._meta.original_attrs

    assert {"verbose_name", "verbose_name_plural", "ordering"} <= given.keys()
    assert given["ordering"]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_has_a_name_of_its_own(model):
    inherited = {
        field.name
        for base in model.__mro__[1:]
        if base.__module__.startswith("django.") and hasattr(base, "_meta")
        for field in base._meta.get_fields()
    }

    nameless = [
        field.name
        for field in own_fields(model)
        if field.name not in inherited
        and field._verbose_name is None
        and not (field.is_relation and model.__name__ in INSIDE_A_SHEET)
    ]

    assert nameless == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_database_knows_the_terms_of_every_column(model):
    bound = {
        field
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
        and constraint.name.endswith("_known")
        for field in constraint.condition.referenced_base_fields
    }

    unbound = [
        field.name
        for field in own_fields(model)
        if stores_terms(field) and field.name not in bound
    ]

    assert unbound == []


def test_every_list_of_choices_is_a_vocabulary():
    loose = [
        f"{model.__name__}.{field.name}"
        for model in MODELS
        for field in own_fields(model)
        if field.choices and not stores_terms(field)
    ]

    assert loose == []


# --- the templates ----------------------------------------------------------


FORBIDDEN_IN_TEMPLATES = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "an inline style sheet": r"<style\b",
    "an inline script": r"<script\b(?![^>]*\bsrc=)",
    "a handler in an attribute": r"<[^>]*\son[a-z]+\s*=|hx-on",
    "an endblock without a name": r"{%\s*endblock\s*%}",
    "text that is not escaped": r"\|\s*safe\b|\|\s*safeseq\b|{%\s*autoescape\s+off",
    "a link to another site's files": r"(src|href)=[\"']https?://[^\"']+\.(js|css|woff2?)",
}


@pytest.mark.parametrize(
    "what", FORBIDDEN_IN_TEMPLATES, ids=lambda what: what.replace(" ", "-")
)
def test_no_template_contains(what):
    pattern = re.compile(FORBIDDEN_IN_TEMPLATES[what], re.IGNORECASE)

    guilty = [
        says(template)
        for template in TEMPLATES
        if pattern.search(template.read_text(encoding="utf-8"))
    ]

    assert guilty == []


@pytest.mark.parametrize(
    ("what", "sample"),
    [
        ("a style attribute", '<p class="x" style="color: red">'),
        ("an inline style sheet", "<style>p {}</style>"),
        ("an inline script", "<script>alert()</script>"),
        ("a handler in an attribute", '<button onclick="x()">'),
        ("an endblock without a name", "{% endblock %}"),
        ("text that is not escaped", "{{ quote.text|safe }}"),
        ("a link to another site's files", '<script src="https://x.be/a.js">'),
    ],
)
def test_a_planted_fault_in_a_template_is_found(what, sample):
    assert re.search(FORBIDDEN_IN_TEMPLATES[what], sample, re.IGNORECASE)


def test_the_drawings_hold_no_style_and_no_script():
    drawings = sorted((BASE_DIR / "static").rglob("*.svg"))

    guilty = [
        says(drawing)
        for drawing in drawings
        if re.search(
            r"<script|<style|\sstyle=|\son\w+=", Path(drawing).read_text("utf-8")
        )
    ]

    assert guilty == []
