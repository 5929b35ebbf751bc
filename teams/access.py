"""Marks for views that name no action of table 2."""

from collections.abc import Callable


def public(view: Callable) -> Callable:
    """Open without log-in; such pages are few and listed by a test."""
    view.public = True
    view.action = "public"
    return view


def own_page(view: Callable) -> Callable:
    """A page that shows an officer what is his own: log-in needed, no posting and no right."""
    view.action = None
    return view
