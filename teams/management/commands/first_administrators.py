"""The first three people of a new installation; they make everybody else in 人员与制度.

manage.py first_administrators --system 9001 张三 --security 9002 李四 --audit 9003 王五
"""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from teams import founding
from teams.models import Post

POSTS = {"system": Post.SYSTEM_ADMIN, "security": Post.SECURITY_ADMIN, "audit": Post.AUDIT_ADMIN}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        for name, post in POSTS.items():
            parser.add_argument(f"--{name}", nargs=2, required=True, metavar=("STAFF_NUMBER", "NAME"), help=post.label)

    def handle(self, *args, **options):
        given = {post: options[name] for name, post in POSTS.items()}
        people = {post: founding.Founder(number, name, founding.made_up()) for post, (number, name) in given.items()}
        try:
            founding.found(people)
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from None
        for post, each in people.items():
            self.stdout.write(f"{post.label}　{each.staff_number}　{each.name}　首次登录密码 {each.password}")
        self.stdout.write("密码只显示这一次，首次登录须修改。")
