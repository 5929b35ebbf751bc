"""`check --deploy`: a court never seals with the demonstration's seal."""

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def no_demonstration_seal(app_configs, **kwargs) -> list:
    if settings.SEAL_PROVIDER.startswith("documents.demo_seal."):
        return [
            Error("SEAL_PROVIDER is the demonstration's: papers would carry a seal that is none.", id="documents.E001")
        ]
    return []
