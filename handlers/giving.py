"""Calls given in Slack, on purpose: read in a confined child, kept, and answered with a card."""

import asyncio
import hashlib
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.confined import outcome_of
from bot.errors import EarshotError, UnreadableError
from bot.given import corrected, same_call
from bot.state.room import Room
from bot.state.uploads import WORKSPACE, Upload
from handlers import delivery
from handlers.blocks.given import Card, card, reading
from handlers.blocks.sentences import sentences
from handlers.errors import message_for
from handlers.fetching import fetch
from handlers.guests import SharedChannelError, is_shared
from handlers.handed import Handed
from handlers.place import Place
from handlers.shelves import reader_of

if TYPE_CHECKING:
    from bot.outcome import Outcome
    from handlers.desk import Desk
    from handlers.message import Message
    from handlers.workspace import Workspace

AT_ONCE = 5  # files of one message

_log = logging.getLogger(__name__)


class NotTakenError(EarshotError):
    """A file that is not kept; the sentence says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Handover:
    """Files that somebody gave in a conversation; the card goes to `thread` of it."""

    place: Place
    user: str
    files: tuple[Handed, ...]
    thread: str | None = None


async def take(desk: "Desk", given: Handover) -> None:
    """Read each file and show its card; what goes wrong with one is said in its place. Raises nothing."""
    for file in given.files[:AT_ONCE]:
        await _shown(desk, given, file)
    if len(given.files) > AT_ONCE:
        await _said(
            desk, given, sentences(f"I read {AT_ONCE} files at a time: hand the others over in another message.")
        )


async def _shown(desk: "Desk", given: Handover, file: Handed) -> None:
    told = await _said(desk, given, reading(file.name))
    if told is None:
        return
    channel, ts = told
    try:
        message = await taken(desk, replace(given, place=replace(given.place, channel=channel)), file)
    except EarshotError as error:
        message = sentences(f"{file.name} was not taken: {error.sentence}")
    except Exception as error:  # noqa: BLE001  # the person must be told; message_for logs what was not foreseen
        message = message_for(error)
    try:
        await delivery.replace(desk, given.place.tenant, channel, ts, message)
    except EarshotError as error:
        _log.warning("the card of a given file could not be shown: %s", error.sentence)


async def _said(desk: "Desk", given: Handover, message: "Message") -> tuple[str, str] | None:
    """Post where the files were given, in direct messages where that is nowhere. Return the channel and the time."""
    where = given.place.channel or given.user
    try:
        return await delivery.post_to(desk, given.place.tenant, where, message, thread=given.thread)
    except EarshotError as error:
        _log.warning("nobody could be told of a given file: %s", error.sentence)
        return None


async def taken(desk: "Desk", given: Handover, file: Handed) -> "Message":
    """Fetch, read and keep one file. Return its card. Raises EarshotError where it is not taken."""
    place, user = given.place, given.user
    workspace = await _welcome(desk, place)
    await _room(desk, place.tenant, user, file.size)
    data = await fetch(desk, workspace, file)
    await _room(desk, place.tenant, user, len(data))
    key = hashlib.sha256(data).hexdigest()
    held = next((each for each in await desk.store.uploads(place.tenant, place.channel) if each.id == key), None)
    if held is not None:
        return await card_of(desk, place, held, notice="This exact file is here already.")
    packed = await desk.shelves.parse(data, file.name)
    outcome = await asyncio.to_thread(outcome_of, packed, file.name)
    if not outcome.entries:
        raise NotTakenError(outcome.failures[0].error)
    await _welcome(desk, place)  # still: fetching and parsing may take a minute, and what is kept now would stay
    await desk.store.give(place.tenant, place.channel, user, file.name, data, room=_room_of(desk))
    await desk.store.save_reading(place.tenant, key, reader_of(file.name), packed)
    desk.shelves.changed(place.tenant)
    found = await upload_of(desk, place, key)
    await desk.seen(place)  # the next asker finds it ready
    return await card_of(desk, place, found)


async def _welcome(desk: "Desk", place: Place) -> "Workspace":
    """Return the workspace where files may be given in a place. Raises SharedChannelError and NotTakenError."""
    if place.outside or await is_shared(desk, place.tenant, place.channel):
        raise SharedChannelError(
            "another organisation shares this channel and would see it. Hand it over in a direct message to me instead."
        )
    workspace = await desk.workspaces.of(team=place.tenant, enterprise=place.tenant)
    if workspace is None:
        raise NotTakenError("Earshot is no longer installed here.")
    return workspace


async def _room(desk: "Desk", tenant: str, user: str, size: int) -> None:
    """See that a person may give one more file, before anything is done for it. Raises FullError."""
    _room_of(desk).check({gift.id: gift.size for gift in await desk.store.gifts(tenant, user)}, size)


def _room_of(desk: "Desk") -> Room:
    return Room(desk.settings.person_files, desk.settings.person_mb)


async def upload_of(desk: "Desk", place: Place, key: str) -> Upload:
    """Return a given file that a place sees. Raises NotTakenError where it was taken back."""
    found = next((each for each in await desk.store.uploads(place.tenant, place.channel) if each.id == key), None)
    if found is None:
        raise NotTakenError("That file was taken back, or is not to be seen here.")
    return found


async def card_of(
    desk: "Desk", place: Place, upload: Upload, *, notice: str | None = None, settled: bool = False
) -> "Message":
    """Return a given file's card as things stand now. Raises EarshotError."""
    outcome = await desk.shelves.read(desk, place, upload)
    calls = tuple(corrected(entry.call, upload.correction) for entry in outcome.entries)
    rival, names = await _rivals(desk, place, upload, outcome)
    shown = Card(upload, calls, tuple(failure.error for failure in outcome.failures), rival, names, notice, settled)
    return card(shown, direct=place.channel.startswith("D"))


async def _rivals(
    desk: "Desk", place: Place, upload: Upload, outcome: "Outcome"
) -> tuple[Upload | None, tuple[str, ...]]:
    """Return the same giver's other file of the same call, and every other call seen here that has its quarter."""
    mine = [corrected(entry.call, upload.correction) for entry in outcome.entries]
    rival: Upload | None = None
    names: list[str] = []
    # As seen from there: where another organisation looks on, no other file is named.
    for gift in reversed(await desk.shelves.gifts(desk, place)):
        if gift.id == upload.id:
            continue
        try:
            theirs = [
                corrected(each.call, gift.correction) for each in (await desk.shelves.read(desk, place, gift)).entries
            ]
        except UnreadableError:
            continue  # that one's trouble, or it was just taken back
        if any(same_call(one, other) for one in mine for other in theirs):
            names.append(gift.name)
            rival = gift if gift.user == upload.user else rival
    own = {call.fingerprint for call in mine}
    shared = (call for call in desk.shelves.shared(desk) if call.fingerprint not in own)
    names += [call.id for call in shared if any(same_call(one, call) for one in mine)]
    return rival, tuple(names)


def is_wide(upload: Upload) -> bool:
    """Whether the whole workspace sees a file."""
    return upload.channel == WORKSPACE
