"""What a live watch finds in a new call."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answers.answer import Answer
from bot.call import Call
from bot.state.run import Run
from bot.state.watches import Watch

PART = "\n"  # between a watch's key, which has none, and the call's id


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a watch's question in one new call; without a turn there is nothing to post.

    `library` names calls that the answer knows by id only; `limit` tells what its channel limits questions to.
    """

    watch: Watch
    call: Call
    answer: Answer
    library: Mapping[str, Call]
    limit: str | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.answer.hits

    @property
    def calls(self) -> Mapping[str, str]:
        """No digest is spared a call by what a watch said of it."""
        return {}


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing to post: the call has gone, or the watch can't be read any more."""

    empty: bool = True

    @property
    def calls(self) -> Mapping[str, str]:
        """Nothing is told."""
        return {}


def subject_of(key: str, call: str) -> str:
    """Return the subject of the run that posts what a watch finds in a call."""
    return f"{key}{PART}{call}"


def key_and_call(run: Run) -> tuple[str, str]:
    """Return the watch's key and the call's id of a watch's run."""
    key, _, call = run.subject.partition(PART)
    return key, call
