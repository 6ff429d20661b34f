"""Where the files of the site are published: under names that change with their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Imports between our own scripts follow the new names, so that they change together.
# Scripts of others name files that were never shipped.
OUR_IMPORTS = (
    "js/*.js",
    (
        (
            r"""(?P<matched>import(?P<import>[^;"]*)from "(?P<url>\./[^"]+)";)""",
            'import%(import)sfrom "%(url)s";',
        ),
    ),
)


class PublishedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # has no types
    """The storage of whitenoise, that also reads our imports."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, OUR_IMPORTS)
