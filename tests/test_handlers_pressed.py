"""A press belongs to the workspace that installed the app, whoever's person presses."""

from pathlib import Path

import pytest

from handlers.blocks.limits import texts
from handlers.pressed import acts_from_outside, pressed_of
from playground.delivery import Parcel
from playground.slack import LocalSlack
from playground.workspace import TEAM
from tests.desk import desk_at, served

STRANGER = {"id": "U9STRANGER", "team_id": "T9STRANGER"}
OURS: dict[str, object] = {"team": {"id": "T1"}, "user": STRANGER}
ORG = {"is_enterprise_install": True, "enterprise": {"id": "E1"}}
BODIES: list[tuple[dict[str, object], str]] = [
    (OURS, "T1"),
    (OURS | {"team": {"id": "T9STRANGER"}, "message": {"team": "T1"}}, "T1"),
    (OURS | {"team": {"id": "T9STRANGER"}, "view": {"app_installed_team_id": "T1", "team_id": "T9STRANGER"}}, "T1"),
    (OURS | {"team": None}, ""),
    (OURS | {"team": None} | ORG, "E1"),
    # A message shortcut stands on anybody's message.
    (OURS | {"type": "message_action", "message": {"team": "T9STRANGER"}}, "T1"),
]


@pytest.mark.parametrize(("body", "tenant"), BODIES)
def test_the_tenant_is_that_of_the_installation(body: dict[str, object], tenant: str) -> None:
    assert pressed_of({"type": "block_actions"} | body, "/call").asked.tenant == tenant


@pytest.mark.parametrize("named", [TEAM, "T9STRANGER"], ids=["team ours", "team the person's"])
async def test_a_guest_s_press_in_a_shared_channel_is_turned_away(
    slack: LocalSlack, tmp_path: Path, named: str
) -> None:
    async with desk_at(slack, tmp_path) as desk, served(slack, desk):
        await slack.mention("margin")
        await desk.errands.drain(5)
        message = slack.workspace.channel("C0AUTODESK").messages[-1]
        sent: list[Parcel] = []
        deliver = slack.deliver

        async def as_a_stranger(parcel: Parcel) -> object:
            parcel.payload.update({"user": parcel.payload["user"] | {"team_id": "T9STRANGER"}, "team": {"id": named}})
            sent.append(parcel)
            return await deliver(parcel)

        slack.deliver = as_a_stranger  # type: ignore[method-assign,assignment]  # the same press, by somebody else's person
        delivered = await slack.click(message, "page:next")
        await desk.errands.drain(5)
    assert delivered.status == 200
    assert sent
    told = slack.called("chat.postEphemeral")[-1].arguments
    assert told["user"] == "U0ADAWHIT"
    assert "people of the workspace that installed me" in "".join(texts(told["blocks"][0]))


def of_the_organisation(team: str, organisation: str, **more: object) -> dict[str, object]:
    """Return the body of a press by a person of a team, as Slack names it beside an installation in E1."""
    return {"team": {"id": team, "enterprise_id": organisation}, "user": {"id": "U1", "team_id": team}} | ORG | more


@pytest.mark.parametrize("flag", [True, "true"])
@pytest.mark.parametrize(
    ("body", "outside"),
    [
        (of_the_organisation("T2", "E1"), False),
        # Another workspace of the organisation, while the view tells of the one it was opened in first.
        (of_the_organisation("T3", "E1", view={"app_installed_team_id": "T2"}), False),
        (of_the_organisation("T9", "E9"), True),
        (of_the_organisation("T2", "E1", user={"id": "U9", "team_id": "T9"}), True),
    ],
    ids=["own", "the organisation's", "another organisation", "another's person"],
)
def test_of_an_organisation_every_workspace_is_its_own(
    body: dict[str, object], outside: bool, flag: bool | str
) -> None:
    assert acts_from_outside(body | {"is_enterprise_install": flag}) is outside
