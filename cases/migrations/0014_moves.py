"""移交与接收 lists the moves of the bureau, and those that lead to one team. Built without locking the table."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.fields.json import KeyTextTransform

MOVES = models.Q(act__in=("transfer_to_regular", "retriage", "reassignment"))


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("cases", "0013_case_by_amount")]

    operations = [
        AddIndexConcurrently(
            model_name="approval", index=models.Index(condition=MOVES, fields=["-id"], name="approval_moves")
        ),
        AddIndexConcurrently(
            model_name="approval",
            index=models.Index(
                KeyTextTransform("team", "proposal"),
                models.F("id").desc(),
                condition=MOVES,
                name="approval_moves_to",
            ),
        ),
    ]
