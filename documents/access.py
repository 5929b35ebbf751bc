"""The only way a view gets hold of a document: through its case, and its volume."""

from functools import wraps

from django.shortcuts import get_object_or_404

from cases import rights
from cases.models import Case
from cases.refusals import Forbidden
from documents import composing
from documents.kinds import KIND, Kind
from documents.models import Document
from teams.actor import Actor

CARRIED = ("issue_document", "seal_document", "serve_document")


def may(actor: Actor, standing: rights.Standing, document: Document, action: str) -> bool:
    """Whether the officer may take the action on the paper. Issued, or signed, it stays with the team that drafted it:
    that team has it issued, sealed and served wherever the case has gone meanwhile."""
    if rights.may(actor, standing, action):
        return True
    carried = document.state == Document.State.ISSUED or composing.signed(document)
    return action in CARRIED and carried and rights.may(actor, standing, action, item=document.posting)


def require(actor: Actor, document: Document, action: str) -> None:
    """Let the act pass, or raise Unseen (404) or Forbidden (403) with the reason."""
    standing = rights.standings(actor, [document.case])[document.case_id]
    if not may(actor, standing, document, action):
        rights.require(actor, document.case, action)


def document_view(action: str):
    """Give the view the document, if the officer may take the action on it and may read its volume."""

    def decorator(view):
        @wraps(view)
        def wrapper(request, document_id, *args, **kwargs):
            document = get_object_or_404(
                Document.objects.select_related(
                    "case__team", "material", "approval", "posting__person", "posting__team"
                ),
                pk=document_id,
            )
            require(request.actor, document, action)
            if reason := secret(document, request.actor):
                raise Forbidden(reason)
            return view(request, document, *args, **kwargs)

        wrapper.action = action
        return wrapper

    return decorator


def secret(document: Document, actor: Actor) -> str:
    """Why a paper of the 副卷 is closed to the officer; whoever drafted it may read it."""
    kind = KIND[document.kind]
    if not kind.secret or kind.main or (document.posting and document.posting.person_id == actor.user_id):
        return ""
    standing = rights.standings(actor, [document.case])[document.case_id]
    return "" if rights.may_secret(actor, standing) else rights.sentence(actor, "secret_volume")


def may_draft(kind: Kind, case: Case, actor: Actor) -> bool:
    """Whether the kind is drafted by this officer's team on this case."""
    return actor.kind in kind.owners or ("holder" in kind.owners and case.team_id == actor.team_id)
