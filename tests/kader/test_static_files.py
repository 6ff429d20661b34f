import hashlib
import re
from pathlib import Path

import pytest

from kader.vocabulary import ICONS
from rechtencirkel.wheel import mark_path

STATIC = Path(__file__).parents[2] / "static"
SYMBOLS = set(
    re.findall(r'<symbol id="([a-z0-9-]+)"', (STATIC / "img/icons.svg").read_text())
)
OURS = [
    *sorted((STATIC / "css").glob("*.css")),
    *sorted((STATIC / "js").rglob("*.js")),
    *sorted((STATIC / "img").glob("*.svg")),
]


def shipped_files():
    table = (STATIC / "vendor/VERSIONS.md").read_text()
    return re.findall(r"\| `([^`]+)` \| `([0-9a-f]{64})` \|", table)


@pytest.mark.parametrize(
    "icon", sorted({icon for icons in ICONS.values() for icon in icons.values()})
)
def test_the_sprite_has_every_icon_of_the_vocabulary(icon):
    assert icon in SYMBOLS


@pytest.mark.parametrize(("path", "digest"), shipped_files())
def test_a_file_of_others_is_the_one_that_was_listed(path, digest):
    assert hashlib.sha256((STATIC / path).read_bytes()).hexdigest() == digest


def test_every_font_and_library_is_listed():
    listed = {path for path, _ in shipped_files()}
    files = [*STATIC.glob("vendor/*.min.*"), *STATIC.glob("vendor/fonts/*.woff2")]

    assert {str(path.relative_to(STATIC)) for path in files} < listed


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_our_own_file_fetches_nothing_from_elsewhere(path):
    text = path.read_text().replace("http://www.w3.org/2000/svg", "")

    assert "//" not in re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)
    assert "data:image" not in text


@pytest.mark.parametrize(
    "path", sorted((STATIC / "css").glob("*.css")), ids=lambda path: path.name
)
def test_a_stylesheet_points_at_files_that_exist(path):
    for target in re.findall(r'url\("([^"]+)"\)', path.read_text()):
        assert (path.parent / target).is_file()


@pytest.mark.parametrize(
    "name", ["css/components.css", "css/report.css"], ids=["components", "report"]
)
def test_a_stylesheet_uses_tokens_that_exist(name):
    known = (STATIC / "css/tokens.css").read_text()
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", (STATIC / name).read_text()))

    ours = {token for token in used if not token.startswith("bs-")}

    assert {token for token in ours if f"--{token}:" not in known} == set()


@pytest.mark.parametrize("name", ["img/logo.svg", "favicon.svg"])
def test_the_logo_files_carry_the_mark(name):
    assert mark_path() in (STATIC / name).read_text()
