"""XML: the events of StreetEvents, whose body is a transcript in text, and lists of turns under any names."""

import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from bot.problem import Problem
from bot.reading.document import Document
from bot.reading.encoding import decode, mend, split_lines
from bot.reading.errors import NotATranscriptError, TooMuchError
from bot.reading.evidence import require_speech
from bot.reading.line import Line
from bot.reading.reader import Reader
from bot.reading.record import Record

LARGEST = 30_000_000  # bytes
BODY = re.compile(r"<Body>\s*(?:<!\[CDATA\[)?")
FACTS = {"company": "companyName", "ticker": "companyTicker", "date": "startDate", "title": "eventTitle"}
ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
SPEAKER = ("speaker", "name", "voice", "who", "person")
WORDS = ("text", "speech", "content", "p", "paragraph", "utterance")


def recognise(data: bytes, name: str) -> float:  # noqa: ARG001  # a name proves nothing
    """Look for a declaration or StreetEvents' root; a page in XHTML is not for this reader."""
    head = data[:1024].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if b"<html" in head.lower() or b"<!doctype html" in head.lower():
        return 0.0
    return 0.95 if head.startswith((b"<?xml", b"<Event", b"<EventStory", b"<transcript", b"<Transcript")) else 0.0


def read(data: bytes, name: str) -> Document:  # noqa: ARG001  # a name proves nothing
    """Give the body's lines with the line of the file, or a Record for each element that says who and what."""
    if len(data) > LARGEST:
        raise TooMuchError(f"{len(data) // 1_000_000} MB of XML", f"{LARGEST // 1_000_000} MB")
    try:
        root: Element = ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise NotATranscriptError("the XML defines entities of its own, which are not read") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise NotATranscriptError(f"the XML is damaged or cut off ({error})") from error
    facts = {name: root.findtext(f".//{tag}") for name, tag in FACTS.items()}
    header = {name: fact.strip() for name, fact in facts.items() if fact and fact.strip()}
    body = root.findtext(".//Body")
    if body is not None:
        return _story(data, body, header)
    records = tuple(_records(root))
    if not records:
        raise NotATranscriptError("the XML holds neither a transcript's body nor turns with their speakers")
    return Document("xml", records=records, header=header)


def _story(data: bytes, body: str, header: dict[str, str]) -> Document:
    decoded = decode(data)
    found = BODY.search(decoded.text)
    first = len(split_lines(decoded.text[: found.end()])) if found else 1
    lines: list[Line] = []
    problems = list(decoded.problems)
    for number, raw in enumerate(split_lines(body), first):
        text = html.unescape(raw) if ENTITY.search(raw) else raw
        if text != raw:
            problems.append(Problem(number, "entities of XML written out"))
        mended = mend(text)
        if mended != text:
            problems.append(Problem(number, "mojibake mended"))
        lines.append(Line(mended, number))
    require_speech([line.text for line in lines])
    return Document("xml", tuple(lines), header=header, problems=tuple(problems))


def _records(root: Element) -> Iterator[Record]:
    """Yield what elements say that name a speaker by an attribute or a child."""
    number = 0
    for element in root.iter():
        attributes = {key.lower(): value for key, value in element.attrib.items()}
        children = {str(child.tag).lower().rsplit("}", 1)[-1]: child for child in element}
        label = next((attributes[key] for key in SPEAKER if attributes.get(key)), None)
        if label is None:
            named = next((children[key] for key in SPEAKER if key in children), None)
            label = "".join(named.itertext()).strip() if named is not None else None
        if not label:
            continue
        tags = {str(child.tag).lower().rsplit("}", 1)[-1] for child in element}
        paragraphs = [child for child in element if str(child.tag).lower().rsplit("}", 1)[-1] in WORDS]
        pieces = paragraphs if tags & set(WORDS) else ([element] if not children else [])
        text = "\n".join(" ".join("".join(piece.itertext()).split()) for piece in pieces).strip()
        if text:
            number += 1
            yield Record(mend(label), mend(text), f"record {number}", title=attributes.get("title"))


reader = Reader("xml", recognise, read)
