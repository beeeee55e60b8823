"""Who may make whom responsible for a contact, by role (LG-2, LG-3), and what creating and editing do (LG-7, LG-8)."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.cast import Cast, a_phone

from .caller import Caller, Said

pytestmark = pytest.mark.django_db
NOBODY = 999_999_999


@dataclass
class Scene:
    """The company, a program for each of its people, and one campaign for Alba and one for Bruno."""

    company: Cast
    admin: Caller
    callers: dict[str, Caller]
    campaigns: dict[str, int]

    def person(self, name: str) -> int | None:
        """Return the id behind a name of the table."""
        if name in ("", "ghost"):
            return NOBODY if name else None
        actor = self.callers[name].actor
        assert actor is not None
        return actor.person_id

    def contact(self, name: str = "Rosa", owner: str = "", **more: Any) -> dict[str, Any]:
        """Create a contact by hand, owned by whom is named."""
        body = {"name": name, "addresses": [{"kind": "phone", "value": a_phone()}], "owner_id": self.person(owner)}
        said = self.admin.post("/contacts", body | more)
        assert said.status == 201, said.body
        return dict(said.body)

    def owner_of(self, contact: dict[str, Any]) -> int | None:
        """Return whose a contact is now."""
        owner: int | None = self.admin.get(f"/contacts/{contact['id']}").body["owner_id"]
        return owner


@pytest.fixture
def scene(company: Cast, admin: Caller, manager: Caller, alba: Caller, bruno: Caller, carla: Caller) -> Scene:
    """Everybody with a program, and two campaigns."""
    callers = {"admin": admin, "manager": manager, "alba": alba, "bruno": bruno, "carla": carla}
    campaigns = {}
    for name in ("alba", "bruno"):
        campaigns[name] = admin.post("/campaigns", {"name": f"Con {name}"}).body["id"]
        actor = callers[name].actor
        assert actor is not None
        assert 200 == admin.put(f"/campaigns/{campaigns[name]}/members", {"person_ids": [actor.person_id]}).status
    return Scene(company, admin, callers, campaigns)


#: row; who; owner before; campaign; owner after; may they?
TABLE = [
    ("LG-2 an agent takes a free contact outside campaigns", "alba", "", None, "alba", True),
    ("LG-2 an agent takes a free contact of an own campaign", "alba", "", "alba", "alba", True),
    ("LG-2 not one of a foreign campaign", "alba", "", "bruno", "alba", False),
    ("LG-2 an agent never gives a free contact to another", "alba", "", None, "bruno", False),
    ("LG-2 nor takes a team mate's", "alba", "bruno", None, "alba", False),
    ("LG-2 nor takes another team's", "alba", "carla", None, "alba", False),
    ("LG-2 nor gives the own away", "alba", "alba", None, "bruno", False),
    ("LG-2 nor empties another's", "alba", "bruno", None, "", False),
    ("LG-3 a manager takes one of the team", "manager", "alba", None, "manager", True),
    ("LG-3 … reassigns inside the team", "manager", "alba", None, "bruno", True),
    ("LG-3 … leaves it with nobody", "manager", "alba", None, "", True),
    ("LG-3 … not to another team", "manager", "alba", None, "carla", False),
    ("LG-3 … not another team's contact", "manager", "carla", None, "alba", False),
    ("LG-3 the administrator reassigns across teams", "admin", "alba", None, "carla", True),
    ("LG-3 nobody assigns to a person that does not exist", "admin", "alba", None, "ghost", False),
]


class TestOwner:
    @pytest.mark.parametrize("route", ["PUT", "PATCH"])
    @pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
    def test_who_may_make_whom_responsible(self, scene: Scene, row: tuple[Any, ...], route: str) -> None:
        """INV-31, INV-34: by either route the same is allowed, and what is refused changes nothing."""
        _, who, before, campaign, after, allowed = row
        contact = scene.contact(owner=before, campaign_id=scene.campaigns.get(campaign))
        path = f"/contacts/{contact['id']}" + ("/owner" if route == "PUT" else "")

        said = scene.callers[who].send(route, path, {"owner_id": scene.person(after)})

        assert (said.status == 200) is allowed, said.body
        assert said.status in (200, 403, 404, 409, 422)
        assert scene.owner_of(contact) == scene.person(after if allowed else before)

    def test_the_second_who_takes_is_told_who_was_first(self, scene: Scene) -> None:
        """LG-1: a contact that somebody took meanwhile is a conflict, and the answer says whose it is."""
        contact = scene.contact()
        assert (
            200
            == scene.callers["bruno"]
            .put(f"/contacts/{contact['id']}/owner", {"owner_id": scene.person("bruno")})
            .status
        )

        said = scene.callers["alba"].put(f"/contacts/{contact['id']}/owner", {"owner_id": scene.person("alba")})

        assert said.status in (403, 409)
        assert scene.owner_of(contact) == scene.person("bruno")

    def test_a_change_is_on_record_with_its_author(self, scene: Scene) -> None:
        """LG-1: the decision says that it was by hand, by whom, and has a reason for whom it chose."""
        contact = scene.contact(owner="alba")
        scene.admin.put(f"/contacts/{contact['id']}/owner", {"owner_id": scene.person("carla")})

        newest, first = scene.admin.get(f"/contacts/{contact['id']}/decisions").body["items"]

        assert ("manual", "assigned", scene.person("carla"), scene.person("admin")) == (
            newest["route"],
            newest["outcome"],
            newest["owner_id"],
            newest["actor_id"],
        )
        assert first["owner_id"] == scene.person("alba")
        assert all(candidate["reason"] and candidate["reason_text"] for candidate in newest["trace"]["candidates"])
        assert newest["rule"] is None


class TestCreate:
    @pytest.mark.parametrize("who", ["alba", "manager", "admin"])
    def test_left_out_the_owner_is_the_maker(self, scene: Scene, who: str) -> None:
        """LG-7: a contact created by hand is its maker's."""
        said = scene.callers[who].post("/contacts", _body())

        assert (201, scene.person(who)) == (said.status, said.body["owner_id"])

    def test_null_leaves_it_free(self, scene: Scene) -> None:
        """LG-7, LG-11: cleared, the contact is nobody's and waits for nobody."""
        said = scene.callers["alba"].post("/contacts", _body(owner_id=None))

        assert (201, None, None) == (said.status, said.body["owner_id"], said.body["waiting"])

    def test_an_agent_creates_none_for_another(self, scene: Scene) -> None:
        """LG-7, INV-34: refused, the contact is not there at all."""
        said = scene.callers["alba"].post("/contacts", _body(name="Regalo", owner_id=scene.person("bruno")))

        assert 403 == said.status
        assert [] == scene.admin.get("/contacts", search="Regalo").body["items"]

    def test_all_that_was_written_is_there(self, scene: Scene) -> None:
        """Name, kind, addresses with their keys, campaign, tags, fields and source come back as they were written."""
        body = _body(
            kind="client",
            tags=["flota"],
            fields={"city": "Puebla"},
            source="feria",
            campaign_id=scene.campaigns["alba"],
        )

        made = scene.admin.post("/contacts", body).body

        for name in ("name", "kind", "tags", "source", "campaign_id"):
            assert body[name] == made[name]
        assert {"city": "Puebla", "source": "feria"} == made["fields"]
        (address,) = made["addresses"]
        assert body["addresses"][0]["value"] == address["key"]
        assert made == scene.admin.get(f"/contacts/{made['id']}").body

    def test_a_number_that_is_none_is_told_with_its_place(self, scene: Scene) -> None:
        """The contract's own example: addresses[0].value is not_a_phone."""
        said = scene.admin.post("/contacts", {"name": "Rosa", "addresses": [{"kind": "phone", "value": "hola"}]})

        assert 422 == said.status
        assert {"addresses[0].value": "not_a_phone"} == said.codes


class TestEdit:
    def test_an_edit_that_leaves_the_owner_out_keeps_it(self, scene: Scene) -> None:
        """LG-8: only what is given changes."""
        contact = scene.contact(owner="alba")

        said = scene.callers["alba"].patch(f"/contacts/{contact['id']}", {"name": "Rosa María"})

        assert ("Rosa María", scene.person("alba")) == (said.body["name"], said.body["owner_id"])
        assert contact["addresses"] == said.body["addresses"]

    def test_owner_and_name_change_together_or_not_at_all(self, scene: Scene) -> None:
        """INV-34: when the owner is refused the name is not changed either."""
        contact = scene.contact(owner="alba")

        said = scene.callers["alba"].patch(
            f"/contacts/{contact['id']}", {"name": "Otra", "owner_id": scene.person("bruno")}
        )

        assert 403 == said.status
        assert "Rosa" == scene.admin.get(f"/contacts/{contact['id']}").body["name"]

    @pytest.mark.parametrize("tail", ["", "/owner", "/default-assignees", "/follow-ups", "/call-back", "/sales"])
    def test_a_stale_version_changes_nothing(self, scene: Scene, tail: str) -> None:
        """If-Match with a version that is no more gets 412, by every route that changes the contact."""
        contact = scene.contact(owner="alba")
        path = f"/contacts/{contact['id']}"
        fresh = scene.admin.patch(path, {"name": "Uno"}, If_Match=f'"{contact["version"]}"')
        verb, body = {
            "": (scene.admin.patch, {"name": "Dos"}),
            "/owner": (scene.admin.put, {"owner_id": None}),
            "/default-assignees": (scene.admin.put, {"person_ids": []}),
            "/follow-ups": (scene.admin.post, {"kind": "call"}),
            "/call-back": (scene.admin.post, {}),
            "/sales": (scene.admin.post, {"amount": 5, "currency": "MXN"}),
        }[tail]

        said = verb(path + tail, body, If_Match=f'"{contact["version"]}"')

        assert 200 == fresh.status
        assert (412, "stale_version") == (said.status, said.body["code"])
        assert fresh.body == scene.admin.get(path).body
        assert tail != "/sales" or [] == scene.admin.get(path + tail).body["items"]
        assert verb(path + tail, body, If_Match=f'"{fresh.body["version"]}"').status in (200, 201)

    def test_a_stale_version_cancels_no_sale(self, scene: Scene) -> None:
        """A sale stays as long as whoever cancels it has not seen the contact as it is."""
        contact = scene.contact(owner="alba")
        path = f"/contacts/{contact['id']}"
        sale = scene.admin.post(f"{path}/sales", {"amount": 5, "currency": "MXN"}).body
        seen = scene.admin.get(path).body["version"]
        scene.admin.patch(path, {"name": "Uno"})

        said = scene.admin.post(f"{path}/sales/{sale['id']}/cancel", If_Match=f'"{seen}"')

        assert (412, "stale_version") == (said.status, said.body["code"])
        assert [None] == [one["cancelled_at"] for one in scene.admin.get(f"{path}/sales").body["items"]]


class TestStrangers:
    def test_get_the_same_404_for_all_that_is_not_theirs(self, scene: Scene, strangers: Cast) -> None:
        """INV-30: foreign, unseen, missing and impossible ids are one answer, byte for byte, by every route."""
        contact = scene.contact(owner="alba")
        alone, carla = Caller(strangers.admin), scene.callers["carla"]

        answers = [
            said
            for ask in _routes()
            for said in (
                ask(alone, contact["id"]),
                ask(carla, contact["id"]),
                *(ask(scene.admin, wrong) for wrong in (NOBODY, 2**63, 10**40, 0, -1, "x", "1.5")),
            )
        ]

        assert {404} == {said.status for said in answers}
        assert 1 == len({said.raw for said in answers})
        assert scene.owner_of(contact) == scene.person("alba")


def _routes() -> list[Any]:
    def route(method: str, tail: str, body: Any = None) -> Any:
        def ask(caller: Caller, contact_id: Any) -> Said:
            return caller.send(method, f"/contacts/{contact_id}{tail}", body)

        return ask

    return [
        route("GET", ""),
        route("GET", "/decisions"),
        route("PATCH", "", {"name": "x"}),
        route("PATCH", "", {"owner_id": None}),
        route("PUT", "/owner", {"owner_id": None}),
        route("PUT", "/default-assignees", {"person_ids": []}),
        route("POST", "/follow-ups", {"kind": "call"}),
    ]


def _body(**more: Any) -> dict[str, Any]:
    return {"name": "Rosa", "addresses": [{"kind": "phone", "value": a_phone()}], **more}
