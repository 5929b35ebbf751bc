"""协助查询函 of a trip: one numbered paper that names every 案号, and the cases in whose files it lies."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class TripLetter(models.Model):
    """The paper is of the first of its cases; the others get the sealed file as their own material."""

    batch = models.ForeignKey("assets.QueryBatch", models.PROTECT, related_name="letters")
    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="trip_letter")
    cases = ArrayField(models.BigIntegerField())

    def __str__(self) -> str:
        return str(self.document)
