"""Of which of an organisation's workspaces a conversation is: Slack lists scheduled messages by it.

Only requests tell. So it is kept with the conversation when a digest or a watch is set up there.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.asked import Asked
    from handlers.desk import Desk
    from handlers.workspace import Workspace

SETTING = "team"


async def keep_team(desk: "Desk", asked: "Asked") -> None:
    """Keep the workspace that a request of an organisation-wide installation came from."""
    if asked.team is None or asked.team == asked.tenant:
        return
    if await desk.store.setting(asked.tenant, asked.channel, SETTING) != asked.team:
        await desk.store.save_setting(asked.tenant, asked.channel, SETTING, asked.team)


async def team_of(desk: "Desk", workspace: "Workspace", channel: str) -> str | None:
    """Return the workspace to name to Slack beside a channel; None where the installation is of one workspace only."""
    if workspace.tenant != workspace.enterprise:
        return None
    return await desk.store.setting(workspace.tenant, channel, SETTING) or workspace.team
