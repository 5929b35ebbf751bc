"""Word and Excel files had no pages; forgotten here, they are drawn as text when they are next looked at, or by night."""

from django.db import migrations


def draw_again(apps, schema_editor):
    rows = apps.get_model("documents", "Rendition").objects
    rows.filter(state="failed", pages=0, problem__startswith="Word、Excel 文件不生成页面图像").delete()


class Migration(migrations.Migration):
    dependencies = [("documents", "0010_unread_pages")]

    operations = [migrations.RunPython(draw_again, migrations.RunPython.noop)]
