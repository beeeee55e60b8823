"""
Let a browser hear no more, because whoever used it signed out there, or somebody else signed in.

Whoever turns one off by themselves does so by `subscribe_browser.forget_browser`.
"""

from .models import PushSubscription
from .subscribe_browser import browsers_of


def drop_browser(subscription_id: int, *, person_id: int) -> None:
    """Drop a browser that somebody signs out of; nothing when it is not theirs."""
    browsers_of(person_id).filter(pk=subscription_id).delete()


def drop_former(subscription_id: int, *, person_id: int) -> None:
    """Drop what a browser told somebody else before this person signed in there."""
    PushSubscription.objects.filter(pk=subscription_id).exclude(person_id=person_id).delete()


def drop_others(person_id: int, *, but: int) -> None:
    """Drop all of somebody's browsers but the one in which they are."""
    browsers_of(person_id).exclude(pk=but).delete()
