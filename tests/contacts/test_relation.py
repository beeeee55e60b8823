"""How contacts and conversations stand to whoever acts, by all that they were granted (INV-31, 35)."""

from dataclasses import replace
from itertools import product
from typing import get_args

import pytest

from reparto.assignment.assign_conversation import Chosen, assign_conversation
from reparto.contacts.models import Contact
from reparto.contacts.queries import visible_contacts
from reparto.contacts.relation import reach, relation_to
from reparto.conversations.models import Conversation
from reparto.conversations.queries import assignees_of, visible_conversations
from reparto.conversations.relation import relation_to as relation_of_talk
from reparto.people.actor import Actor, AgentsSee
from reparto.people.add_campaign import add_campaign
from reparto.people.change_settings import change_settings
from reparto.people.find_signed_in import find_signed_in
from reparto.people.load_actors import load_actors
from reparto.people.permissions import Relation, may
from reparto.people.queries import find_person, load_actor, people_below
from tests.cast import AT, Cast, a_company, a_contact, a_person_with, a_phone, an_account
from tests.road import a_text, write

pytestmark = pytest.mark.django_db
SIGHTS: tuple[AgentsSee, ...] = get_args(AgentsSee)


@pytest.fixture
def cast() -> Cast:
    """Return a company in which nothing is assigned by itself."""
    return a_company()


def people_of_all_kinds(cast: Cast) -> list[Actor]:
    """Return somebody in each group with each pair of grants, and somebody with none."""
    groups = {"root": cast.root_id, "north": cast.north_id, "south": cast.south_id}
    grants = [("agent", "north"), ("agent", "south"), ("manager", "north"), ("operator", "south"), ("manager", "root")]
    mixed = [(), *((one,) for one in grants), (grants[0], ("manager", "south")), (grants[2], grants[3])]
    return [
        a_person_with("Mezcla", *((role, groups[over]) for role, over in held), admin=cast.admin, group_id=home)
        for home, held in product(groups.values(), mixed)
    ]


def contacts_of_all_kinds(cast: Cast, people: list[Actor]) -> None:
    """Give everybody a contact, leave some with nobody, and let each way be worked in each way."""
    campaign = add_campaign("Ajena", actor=cast.admin, at=AT)
    for owner in [cast.alba, cast.carla, cast.admin, *people[:3]]:
        a_contact(admin=cast.admin, owner=owner)
    a_contact(admin=cast.admin, campaign_id=campaign.pk)
    works = [
        Chosen(),
        Chosen((cast.alba.person_id,)),
        Chosen((cast.carla.person_id,)),
        Chosen(group_ids=(cast.north_id,)),
    ]
    for group_id, chosen in product((cast.root_id, cast.south_id), (*works, Chosen(group_ids=(cast.root_id,)))):
        account = an_account("whatsapp", admin=cast.admin, group_id=group_id, phone_number_id=a_phone()[1:])
        write(account, a_text(a_phone()))
        assign_conversation(Conversation.objects.latest("id").pk, chosen, actor=cast.admin, at=AT)


class TestWhatIsSeen:
    def test_is_the_same_one_by_one_and_as_a_filter(self, cast: Cast) -> None:
        """INV-35: for every mixture of grants, list and single look agree on contacts and conversations."""
        people = people_of_all_kinds(cast)
        contacts_of_all_kinds(cast, people)
        contacts = Contact.objects.select_related("owner__group", "account__group")
        talks = Conversation.objects.select_related("contact__owner__group", "contact__account__group")
        worked = assignees_of([talk.pk for talk in talks])

        everybody = product([cast.admin, cast.manager, cast.alba, *people], SIGHTS)
        for one in (replace(actor, agents_see=see) for actor, see in everybody):
            seen = {contact.pk for contact in contacts if may(one, "contact.view", relation_to(contact, one))}
            heard = {t.pk for t in talks if may(one, "conversation.view", relation_of_talk(t, worked[t.pk], one))}

            assert seen == set(visible_contacts(one).values_list("pk", flat=True)), one
            assert heard == set(visible_conversations(one).values_list("pk", flat=True)), one

    @pytest.mark.parametrize("see", SIGHTS)
    def test_is_known_of_whoever_signs_in(self, cast: Cast, see: str) -> None:
        """P11: whose work somebody sees is read with their person, and is what their grants and the setting say."""
        change_settings("inbox", {"agents_see": see}, actor=cast.admin, at=AT)
        for one in [cast.manager, cast.alba, *people_of_all_kinds(cast)]:
            person = find_signed_in(one.person_id)
            assert person is not None
            found, again = load_actor(person), load_actor(find_person(one.person_id))

            assert {one.person_id, *people_below(reach(again))} == set(found.sees or ())
            assert found == again
            # Who may do nothing sees nothing, whatever agents see.
            assert not found.grants or [found] == load_actors([person])


class TestSeveralGrants:
    def test_reach_each_only_where_it_was_given(self, cast: Cast) -> None:
        """LG-3, INV-31: an agent of the north who manages the south sees both, and gives only what the south has."""
        both = a_person_with(
            "Ambas", ("agent", cast.north_id), ("manager", cast.south_id), admin=cast.admin, group_id=cast.north_id
        )
        north, south, own = (a_contact(admin=cast.admin, owner=one) for one in (cast.bruno, cast.carla, both))

        assert {("agent", Relation.SCOPE), ("manager", Relation.FOREIGN)} == relation_to(north, both)
        assert {("agent", Relation.FOREIGN), ("manager", Relation.SCOPE)} == relation_to(south, both)
        assert ("manager", Relation.SCOPE) not in relation_to(own, both)
        assert [False, True, False] == [
            may(both, "contact.assign", relation_to(one, both)) for one in (north, south, own)
        ]

    def test_of_a_command_alone_open_no_other_group(self, cast: Cast) -> None:
        """LG-3: whoever sits in the root and manages the north sees nothing of the south."""
        director = a_person_with("Directora", ("manager", cast.north_id), admin=cast.admin, group_id=cast.root_id)
        north, south = (a_contact(admin=cast.admin, owner=one) for one in (cast.bruno, cast.carla))

        assert [north] == list(visible_contacts(director))
        assert {("manager", Relation.FOREIGN)} == relation_to(south, director)
