"""Where the files of the site are published: under names that change with their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class PublishedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # has no types
    """Also follow the imports between our own scripts, so that they change together."""

    support_js_module_import_aggregation = True
