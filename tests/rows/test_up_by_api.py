"""UP by API: a program writes the rules of its administrator, and they decide."""

from datetime import timedelta
from typing import Any

import pytest

from reparto.kit.models import Organization
from reparto.rules.queries import all_rules
from tests.api.caller import Caller
from tests.cast import AT, Cast, a_company
from tests.people.mail_server import MailServer
from tests.rows.late import a_contact, owner_of, sweep
from tests.rows.test_up7_figures import history
from tests.rows.web_leads import a_body, a_web_form, fill_in, owners_of, send_mails, to

#: UP-10, by their names in the filter language.
FIELDS = [
    "owner",
    "name",
    "company",
    "status",
    "stage",
    "title",
    "source",
    "sex",
    "email",
    "country",
    "region",
    "phone",
    "industry",
    "mobile",
    "business_group",
    "position",
    "sellers",
    "comment",
    "street",
    "neighbourhood",
    "city",
    "website",
    "municipality",
    "facebook",
    "twitter",
    "skype",
    "linkedin",
]


@pytest.fixture
def cast(db: None) -> Cast:
    """The company of these tests."""
    return a_company()


@pytest.fixture
def admin(cast: Cast) -> Caller:
    """The administrator's program."""
    return Caller(cast.admin)


def kept(said: Any) -> int:
    """Return the id of a rule that was kept."""
    assert 201 == said.status, said.body
    return int(said.body["id"])


class TestByApi:
    def test_who_may(self, cast: Cast, admin: Caller) -> None:
        """UP-1: only an administrator's program adds, changes, switches, orders and deletes; refused changes nothing."""
        ids = [kept(admin.post("/rules", a_body(cast.alba, description=name))) for name in "ab"]
        before, path = admin.get("/rules").body, f"/rules/{ids[0]}"
        acts: list[tuple[str, str, Any]] = [
            ("POST", "/rules", a_body(cast.bruno)),
            ("PATCH", path, {"description": "x"}),
            ("PATCH", path, {"active": False}),
            ("PUT", "/rules/order", {"ids": ids[::-1]}),
            ("DELETE", path, None),
        ]
        refused = {Caller(one).send(*act).status for one in (cast.manager, cast.alba) for act in acts}

        assert ({403}, before) == (refused, admin.get("/rules").body)
        assert [201, 200, 200, 422, 204] == [admin.send(*act).status for act in acts]

    def test_the_basic_edition(self, cast: Cast, admin: Caller) -> None:
        """UP-2: it refuses every criterion but turns, in a new rule as in a change; the pro edition takes them."""
        Organization.objects.filter(pk=cast.organization_id).update(edition="basic")
        by_turns = kept(admin.post("/rules", a_body(cast.alba)))
        for strategy in ("close_rate", "followup_speed", "least_loaded", "weighted"):
            asked = [
                admin.post("/rules", a_body(cast.alba, strategy=strategy)),
                admin.patch(f"/rules/{by_turns}", {"strategy": strategy}),
            ]
            assert [{"strategy": "needs_pro"}] * 2 == [said.codes for said in asked]
        assert ["round_robin"] == [rule.strategy for rule in all_rules()]
        Organization.objects.filter(pk=cast.organization_id).update(edition="pro")

        assert 200 == admin.patch(f"/rules/{by_turns}", {"strategy": "least_loaded"}).status

    def test_the_order(self, cast: Cast, admin: Caller) -> None:
        """UP-3: of two that fit the first decides, of one that has nobody able the next; another order, another first."""
        form = a_web_form(cast)
        one, two = (kept(admin.post("/rules", a_body(person))) for person in (cast.alba, cast.bruno))
        first = fill_in(form)
        admin.put("/rules/order", {"ids": [two, one]})
        second = fill_in(form)
        admin.put(f"/people/{cast.bruno.person_id}/availability", {"status": "away"})

        assert [cast.alba.person_id, cast.bruno.person_id] == [first.owner_id, second.owner_id]
        assert cast.alba.person_id == fill_in(form).owner_id
        assert [(two, 1), (one, 2)] == [(rule["id"], rule["position"]) for rule in admin.get("/rules").body["items"]]

    def test_what_a_rule_has(self, cast: Cast, admin: Caller) -> None:
        """UP-4: all of it is kept and read again; only its entity's contacts are its own, and a paused one decides none."""
        form, template = a_web_form(cast), {"name": "Te toca", "subject": "Nuevo", "body": "Hola."}
        whole = a_body(
            cast.alba,
            strategy="least_loaded",
            tags=["Web"],
            template_id=admin.post("/templates", template).body["id"],
            filters={"all": [{"field": "name", "op": "contains", "value": "ros"}]},
            if_nobody="wait",
            active=True,
        )
        made = admin.post("/rules", whole).body
        for changes, owner in (({}, cast.alba.person_id), ({"entity": "client"}, None), ({"active": False}, None)):
            admin.patch(f"/rules/{made['id']}", {"entity": "prospect", **changes})
            assert owner == fill_in(form).owner_id

        assert whole == {name: made[name] for name in whole}

    def test_rules_that_wait(self, cast: Cast, admin: Caller) -> None:
        """UP-5: each type that waits is written with its time, moves what is late, and says so; without one it is none."""
        after = {"amount": 2, "unit": "hours"}
        rule = kept(admin.post("/rules", a_body(cast.bruno, trigger="no_first_followup", after=after)))
        contact = a_contact(cast)
        sweep(cast, at=AT + timedelta(hours=3))
        (why, _) = admin.get(f"/contacts/{contact.pk}/decisions").body["items"]

        assert cast.bruno.person_id == owner_of(contact)
        assert ("rule", rule, "assigned") == (why["route"], why["rule"]["id"], why["outcome"])
        for trigger, entity in (("no_followup", "prospect"), ("no_sales", "client")):
            body = a_body(cast.bruno, trigger=trigger, entity=entity)
            assert 422 == admin.post("/rules", body).status
            assert trigger == admin.post("/rules", body | {"after": {"amount": 3, "unit": "months"}}).body["trigger"]

    def test_an_ordered_choice_of_people_and_groups(self, cast: Cast, admin: Caller) -> None:
        """UP-6: people in the order in which they were chosen, then whoever is in the group, each once a round."""
        chosen = [*to(cast.carla, cast.bruno), {"group_id": cast.north_id}]
        made = admin.post("/rules", a_body(assign_to=chosen)).body
        carla, bruno, alba = (one.person_id for one in (cast.carla, cast.bruno, cast.alba))

        assert chosen == made["assign_to"]
        assert [carla, bruno, alba, carla] == owners_of(a_web_form(cast), 4)

    @pytest.mark.parametrize("strategy", ["round_robin", "close_rate", "followup_speed"])
    def test_the_criteria(self, cast: Cast, admin: Caller, strategy: str) -> None:
        """UP-7: chosen by name; turns go as chosen, closing and following up soon begin with whoever does it best."""
        history(cast, cast.alba.person_id, sold=1, received=8, hours=9)
        history(cast, cast.bruno.person_id, sold=7, received=8, hours=1)
        made = admin.post("/rules", a_body(cast.alba, cast.bruno, strategy=strategy)).body
        turns = [cast.alba.person_id, cast.bruno.person_id]

        assert strategy == made["strategy"]
        assert (turns if strategy == "round_robin" else turns[::-1]) == owners_of(a_web_form(cast), 2)

    def test_tags_and_the_mail(self, cast: Cast, admin: Caller, server: MailServer) -> None:
        """UP-8, UP-9: whom a rule assigns has its tags; the person who received gets the mail with values filled in."""
        template = {"name": "Te toca", "subject": "Nuevo: {{contact.name}}", "body": "Hola, {{agent.name}}."}
        template_id = admin.post("/templates", template).body["id"]
        admin.post("/rules", a_body(cast.alba, tags=["Web", "Flota"], template_id=template_id))
        contact = fill_in(a_web_form(cast), "Íñigo")
        send_mails(cast)

        assert ["Flota", "Web"] == sorted(admin.get(f"/contacts/{contact.pk}").body["tags"])
        (mail,) = server.arrived
        assert ("Nuevo: Íñigo", "Hola, Alba.") == (mail["Subject"], mail.get_content().strip())
        assert "sent" == admin.get(f"/contacts/{contact.pk}/decisions").body["items"][0]["mail"]["state"]

    def test_filters_over_every_field(self, cast: Cast, admin: Caller) -> None:
        """UP-10: any mixture of the fields, the company's own among them, decides which contacts a rule is for."""
        admin.post("/fields", {"key": "ruta", "label": "Ruta", "type": "text"})
        each = [{"field": name, "op": "empty"} for name in FIELDS]
        sets = [{"field": name, "op": "has_none", "value": ["x"]} for name in ("tags",)]
        groups = [{"field": "groups", "op": "has_none", "value": [cast.south_id]}]
        all_of_them = admin.post("/rules", a_body(cast.carla, filters={"any": [*each, *sets, *groups]}, active=False))
        mixture = {
            "all": [
                {"field": "source", "op": "is", "value": "Feria"},
                {
                    "any": [
                        {"field": "custom.ruta", "op": "is", "value": "sur"},
                        {"field": "name", "op": "is", "value": "Ana"},
                    ]
                },
                {"not": {"field": "email", "op": "contains", "value": "@nunca"}},
            ]
        }
        admin.post("/rules", a_body(cast.alba, filters=mixture))
        form = a_web_form(cast)
        leads = [
            fill_in(form, source="Feria", ruta="SUR"),
            fill_in(form, "Ana", source="feria"),
            fill_in(form, source="Feria", ruta="Norte"),
            fill_in(form, source="Web", ruta="Sur"),
            fill_in(form, source="Feria", ruta="Sur", email="a@nunca.example.com"),
        ]

        kept(all_of_them)
        alba = cast.alba.person_id
        assert [alba, alba, None, None, None] == [one.owner_id for one in leads]
