"""The keys that vendors use in their JSON, and what stands under them."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from bot.kind import Kind

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

SPEAKER = ("speaker", "speaker_name", "speakername", "name", "label", "participant", "who", "person")
NAME = ("name", "full_name", "fullname", "display_name", "speaker", "label")
WORDS = (
    "text",
    "speech",
    "content",
    "words",
    "paragraphs",
    "transcript",
    "body",
    "said",
    "utterance",
    "remarks",
    "sentences",
)
TITLE = ("title", "role", "position", "speaker_title", "speakertitle", "job_title", "designation", "job")
FIRM = ("firm", "company", "organization", "organisation", "affiliation", "institution")
SECTION = ("section", "session", "part", "segment_type")
KIND = ("kind", "speaker_type", "type", "speaker_role", "role")
WHOLE = ("content", "transcript", "text", "transcript_text", "full_text", "body", "raw_text")
PREPARED = ("prepared_remarks", "preparedremarks", "presentation", "prepared", "management_discussion")
QUESTIONS = ("questions_and_answers", "q_and_a", "qa", "qna", "q&a", "question_and_answer", "questionsandanswers")
PEOPLE = ("participants", "call_participants", "speakers_list", "corporate_participants", "conference_participants")
HEADER = {
    "company": ("company", "company_name", "companyname", "organization"),
    "ticker": ("ticker", "symbol", "stock", "company_ticker"),
    "year": ("year", "fiscal_year", "fiscalyear", "report_year"),
    "quarter": ("quarter", "fiscal_quarter", "fiscalquarter", "period", "fiscal_period", "fiscalperiod"),
    "date": ("date", "conference_date", "event_date", "call_date", "publication_date", "published"),
    "title": ("title", "event_title", "headline", "call_title"),
}
KINDS = {
    "analyst": Kind.ANALYST,
    "analysts": Kind.ANALYST,
    "executive": Kind.EXECUTIVE,
    "executives": Kind.EXECUTIVE,
    "company": Kind.EXECUTIVE,
    "management": Kind.EXECUTIVE,
    "operator": Kind.OPERATOR,
    "host": Kind.HOST,
}


def lower(item: Mapping[str, Json]) -> Mapping[str, Json]:
    """Return an object by its keys in lower case."""
    return {key.lower(): value for key, value in item.items()}


def get(item: Mapping[str, Json], keys: Sequence[str]) -> str | None:
    """Take the first of the keys that has a word or number, as text."""
    low = lower(item)
    for key in keys:
        value = low.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, dict) and keys is SPEAKER:  # an object of the speaker
            return get(value, NAME)
    return None


def about(item: Mapping[str, Json], keys: Sequence[str]) -> str | None:
    """Take what is said of the speaker: beside the words, or in the object that stands for him."""
    own = next((value for key, value in lower(item).items() if key in SPEAKER and isinstance(value, dict)), None)
    return get(item, keys) or (get(own, keys) if isinstance(own, dict) else None)


def words(item: Mapping[str, Json]) -> str:
    """Take what was said; "" where the object holds no words."""
    low = lower(item)
    for key in WORDS:
        value = low.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
            joined = " " if key == "words" else "\n"
            return joined.join(each for each in value if isinstance(each, str)).strip()
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            pieces = [get(each, ("text", "content", "sentence")) for each in value if isinstance(each, dict)]
            if all(pieces):
                return " ".join(piece for piece in pieces if piece)
    return ""
