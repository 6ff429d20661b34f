"""Our scripts are published under names that change with what they import."""

import re
import shutil
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from lpk_site.static_storage import PublishedFiles

STATIC = Path(__file__).parents[2] / "static"
IMPORTED = re.compile(r'from "\./([^"]+)"')


def test_a_published_script_imports_the_published_names(tmp_path):
    shutil.copytree(STATIC / "js/sheet", tmp_path / "js/sheet")
    source = FileSystemStorage(location=STATIC)
    names = [f"js/sheet/{path.name}" for path in (STATIC / "js/sheet").glob("*.js")]
    storage = PublishedFiles(location=str(tmp_path), base_url="/static/")

    done = list(storage.post_process({name: (source, name) for name in names}))

    published = {name: storage.stored_name(name) for name in names}
    imported = {
        f"js/sheet/{target}"
        for name in published.values()
        for target in IMPORTED.findall((tmp_path / name).read_text())
    }
    assert [outcome for _, _, outcome in done if isinstance(outcome, Exception)] == []
    assert len(imported) > 10
    assert imported <= set(published.values())
    assert not imported & set(names)


def test_every_import_of_ours_is_written_so_that_it_is_seen():
    seen = re.compile(r'^import [^;"]*from "\./[a-z-]+\.js";$', re.MULTILINE)

    for path in (STATIC / "js/sheet").glob("*.js"):
        text = path.read_text()
        assert len(seen.findall(text)) == len(
            re.findall(r'^import\b.*"\./', text, flags=re.MULTILINE)
        )
