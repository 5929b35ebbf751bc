import os

from django.core.wsgi import get_wsgi_application

from huanglong_exec import garbage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huanglong_exec.settings")
application = get_wsgi_application()
garbage.spare()
