"""How the speaker of a turn is known."""

from enum import StrEnum


class Attribution(StrEnum):
    """Labelled by the source, inferred from its words (the turn's basis says from which), or unlabelled."""

    LABELLED = "labelled"
    INFERRED = "inferred"
    UNLABELLED = "unlabelled"
