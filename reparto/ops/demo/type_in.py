"""
People of the demo type contacts in by hand: old clients with their owner, and people met at a fair, with nobody yet.

Each contact is made and given its owner in one transaction, as the page does.
"""

from datetime import datetime

from reparto.assignment.assign_by_hand import assign_by_hand
from reparto.contacts.add_contact import add_contact
from reparto.contacts.contact_draft import AddressDraft, ContactDraft
from reparto.contacts.set_default_assignees import set_default_assignees
from reparto.people.queries import all_campaigns

from .cast import CAMPAIGNS
from .company import Company
from .customers import COMPANIES, make_customer

#: Numbers of customers that nobody else has.
FIRST = 9_000
CLIENTS, MET = 13, 4
OWNERS = ("camila", "matias", "antonia", "diego", "valentina", "josefa")


def type_in(company: Company, place: int, at: datetime) -> None:
    """Type in the contact of a place from 0 to `CLIENTS + MET`."""
    customer = make_customer(FIRST + 20 * place)
    met = place >= CLIENTS
    owner = company.people[OWNERS[place % len(OWNERS)]]
    region, city = customer.place
    fields = {"country": customer.country, "region": region, "city": city, "interes": customer.inquiry().interest}
    fields |= {"company": COMPANIES[place % len(COMPANIES)]} if place % 3 == 0 else {}
    draft = ContactDraft(
        customer.name,
        kind="prospect" if met else "client",
        addresses=(AddressDraft("phone", customer.phone), AddressDraft("email", customer.email)),
        campaign_id=_campaign() if met else None,
        tags=("Feria",) if met else ("Cliente antiguo",),
        fields=fields,
        source="Feria" if met else "Manual",
    )
    actor = company.actor(company.people["valentina"])
    contact = add_contact(draft, actor=actor, at=at)
    if not met:
        assign_by_hand(contact.pk, owner_id=owner, actor=actor, at=at)
    if place in (0, 1):
        set_default_assignees(contact.pk, [company.people["felipe"]], actor=actor, at=at)


def _campaign() -> int:
    (name, *_) = CAMPAIGNS
    return all_campaigns().get(name=name).pk
