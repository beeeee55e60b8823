"""Taking off the second step of somebody who lost it, by the API."""

from ninja import Router

from reparto.notifications.notify_second_step import notify_second_step
from reparto.people.remove_second_step import remove_second_step

from .action import action
from .request import ApiRequest
from .shapes import PathId

router = Router(tags=["people"])


@router.delete("/people/{person_id}/second-step", response={204: None})
@action("people.manage")
def take_off(request: ApiRequest, person_id: PathId) -> None:
    """Remove app, codes and passkeys of another person; their sign-ins end and they are told. Again changes nothing."""
    person = remove_second_step(person_id, actor=request.actor, at=request.at)
    if person is not None:
        notify_second_step(person, at=request.at)
