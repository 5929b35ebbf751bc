"""Addresses of the figures and the bulletins."""

from django.urls import path

from quality.views import bulletins, stats

patterns = [
    path("stats/", stats.index, name="stats"),
    path("stats/screen/", stats.screen, name="stats_screen"),
    path("stats/list/", stats.rows, name="stats_list"),
    path("stats/export/", stats.export, name="stats_export"),
    path("stats/bulletins/", bulletins.index, name="bulletins"),
    path("stats/bulletins/<int:bulletin_id>/", bulletins.one, name="bulletin"),
    path("stats/bulletins/<int:bulletin_id>/list/", bulletins.rows, name="bulletin_rows"),
    path("stats/bulletins/<int:bulletin_id>/list/export/", bulletins.rows_export, name="bulletin_rows_export"),
    path("stats/bulletins/<int:bulletin_id>/pdf/", bulletins.pdf, name="bulletin_pdf"),
    path("stats/bulletins/<int:bulletin_id>/docx/", bulletins.word, name="bulletin_word"),
    path("stats/bulletins/<int:bulletin_id>/export/", bulletins.sheets, name="bulletin_sheets"),
]
