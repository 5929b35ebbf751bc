"""Our own front-end files as the court serves them: named by their content, modules that import each other too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
