"""Which workspaces take Slack's newer blocks: learnt from the first refusal, and tried again a day later."""

import asyncio
from collections.abc import Sequence

from handlers.blocks.newer import has_newer, plainer
from handlers.message import Block, Message

AGAIN = 24 * 3_600.0  # seconds until newer blocks are tried again: rollouts go on


class Rollout:
    """The workspaces that refused newer blocks, as far as this process has heard; all others are taken to know them."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def blocks(self, tenant: str, message: Message) -> list[Block]:
        """Return what to send to a workspace first: the message's own blocks, or plainer ones where it refused such."""
        if self._until.get(tenant, 0.0) <= asyncio.get_running_loop().time() or not has_newer(message.blocks):
            return message.blocks
        return plainer(message.blocks) if message.plain is None else message.plain

    def refused(self, tenant: str, blocks: Sequence[Block]) -> None:
        """Remember that a workspace refused these blocks; without a newer one among them it says nothing of those."""
        if has_newer(blocks):
            self._until[tenant] = asyncio.get_running_loop().time() + AGAIN
