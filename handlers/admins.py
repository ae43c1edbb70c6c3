"""Whether somebody runs the workspace: what changes for everybody in it, only they may do."""

from typing import TYPE_CHECKING

from handlers.profile import profile

if TYPE_CHECKING:
    from handlers.asked import Asked
    from handlers.desk import Desk


async def is_admin(asked: "Asked", desk: "Desk") -> bool | None:
    """Whether the asker is an admin or owner of the workspace, None where Slack does not say."""
    user = await profile(asked, desk)
    return None if user is None else any(user.get(role) is True for role in ("is_admin", "is_owner"))
