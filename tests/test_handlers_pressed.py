"""A press belongs to the workspace that installed the app, whoever's person presses."""

from pathlib import Path

import pytest

from handlers.blocks.limits import texts
from handlers.pressed import pressed_of
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
