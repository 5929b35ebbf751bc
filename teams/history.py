"""What is kept of a row whose old and new values matter: every insert, update and delete, append-only."""

import pghistory


def track(name: str, **options):
    """Keep the changes of a model under a Chinese name."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        append_only=True,
        meta={"verbose_name": name, "verbose_name_plural": name},
        **options,
    )
