"""Tags: the places of a message that the portal fills, and how staff are kept from breaking them.

Only names that a kind of message declares may be filled in, and only as they are: no calls, no
attributes, no filters, no loops. The one block is `{% if support_phone %} … {% endif %}` (S2-15).
What passes holds no brace but those of whole tags, so no raw tag can reach a customer.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

DEEPEST = 3
LONGEST_TEXT = 6_000
MOST_BLOCKS = 40
_LONGEST_NAMED = 40

_TAG = re.compile(r"\{\{([^{}]*)\}\}")
_BLOCK = re.compile(r"\{%[ \t]*(?:if[ \t]+([a-z_][a-z0-9_]*)|else|endif)[ \t]*%\}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_BRACES = re.compile(r"[{}]+")
_ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If)


class _Refused(ValueError):
    """Something stands in a text that is not on the list."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One place that the portal fills; `sample` is what a preview shows there.

    A required tag must stand in the text. A private one (a code, a link that lets somebody in)
    must not stand in the subject, which shows on locked screens.
    """

    name: str
    words: str
    sample: str
    is_required: bool = False
    is_private: bool = False

    @property
    def written(self) -> str:
        """The tag as it stands in a text."""
        return as_tag(self.name)


def as_tag(name: str) -> str:
    """Return a name as a tag: `{{ portal_link }}`."""
    return "{{ " + name + " }}"


def fault_of(text: str, tags: Sequence[Tag], *, required: Iterable[str] = ()) -> str:
    """Return what is wrong with the tags of a text, in a sentence that names one; "" if nothing.

    `required` names the tags that have to stand in it, outside of every block.
    """
    known = [tag.name for tag in tags]
    return (
        _unknown(text, known)
        or _altered(text, known)
        or _broken(text, known)
        or _missing(text, required)
    )


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Return a text that `fault_of` has passed, filled; raises LookupError for a missing fact."""
    try:
        return _compiled(text).render(facts)
    except (TemplateError, _Refused) as error:
        message = f"the message cannot be filled: {error}"
        raise LookupError(message) from error


def names_in(text: str) -> frozenset[str]:
    """Return the names that stand in a text as tags or decide about a block."""
    conditions = {name for name in _BLOCK.findall(text) if name}
    return frozenset(conditions | {inner.strip() for inner in _TAG.findall(text)})


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    # Plain text: nothing to escape. The HTML part escapes what it is given.
    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True
    )


@lru_cache(maxsize=256)
def _compiled(text: str) -> Template:
    environment = _environment()
    _walk(environment.parse(text), depth=0)
    return environment.from_string(text)


def _unknown(text: str, known: Sequence[str]) -> str:
    for inner in _TAG.findall(text):
        if inner.strip() in known:
            continue
        shown = as_tag(_short(inner))
        return f"“{shown}” is not a tag of this message. {_meant(inner, known)}"
    for name in _BLOCK.findall(text):
        if name and name not in known:
            return f"“{_short(name)}” is not a tag of this message. {_meant(name, known)}"
    return ""


def _altered(text: str, known: Sequence[str]) -> str:
    """Look for braces that are part of no whole tag: something was deleted, or is no tag at all."""
    left = _BLOCK.sub(" ", _TAG.sub(" ", text))
    found = _BRACES.search(left)
    if found is None:
        return ""
    near = left[max(0, found.start() - _LONGEST_NAMED) : found.end() + _LONGEST_NAMED]
    name = _nearest(near, known)
    if name:
        return f"The tag {as_tag(name)} has been altered. Take it out and insert it again."
    around = _short(left[found.start() : found.start() + _LONGEST_NAMED])
    return f"“{around}” is not a tag. Braces stand in tags only: take them out."


def _broken(text: str, known: Sequence[str]) -> str:
    """Read the text as the engine does, and let nothing pass that is not on the list."""
    if len(_BLOCK.findall(text)) > MOST_BLOCKS or len(text) > LONGEST_TEXT:
        return "This is too much for one message. Shorten it."
    try:
        names = _walk(_environment().parse(text), depth=0)
    except (TemplateError, RecursionError):
        return "An “if” has no “endif”, or the other way round. Write them as pairs."
    except _Refused as error:
        return str(error)
    strange = sorted(names - set(known))
    return f"{as_tag(strange[0])} is not a tag of this message." if strange else ""


def _walk(node: nodes.Node, *, depth: int) -> frozenset[str]:
    if not isinstance(node, _ALLOWED):
        raise _Refused("Only tags and “if” can stand in a message.")
    if isinstance(node, nodes.If) and (
        depth >= DEEPEST or node.elif_ or not isinstance(node.test, nodes.Name)
    ):
        raise _Refused("Write an “if” with one tag, and not many inside one another.")
    inner = depth + isinstance(node, nodes.If)
    own = {node.name} if isinstance(node, nodes.Name) else set[str]()
    return frozenset(own).union(*(_walk(n, depth=inner) for n in node.iter_child_nodes()))


def _missing(text: str, required: Iterable[str]) -> str:
    always = {inner.strip() for inner in _TAG.findall(_unconditional(text))}
    for name in required:
        if name not in always:
            return f"The tag {as_tag(name)} is missing. The message is of no use without it."
    return ""


def _unconditional(text: str) -> str:
    """Return what stands outside of every block."""
    kept, depth, end = list[str](), 0, 0
    for block in _BLOCK.finditer(text):
        if depth == 0:
            kept.append(text[end : block.start()])
        word = block.group().strip("{%} \t")
        depth += 1 if word.startswith("if") else -1 if word == "endif" else 0
        end = block.end()
    return "".join([*kept, text[end:]] if depth == 0 else kept)


def _meant(inner: str, known: Sequence[str]) -> str:
    name = _nearest(inner, known)
    return f"Did you mean {as_tag(name)}?" if name else "Insert one from the list instead."


def _nearest(words: str, known: Sequence[str]) -> str:
    """Return the tag that these words were probably meant to be."""
    for word in map(str, _NAME.findall(words[:200])):
        close: list[str] = get_close_matches(word.lower()[:60], known, n=1, cutoff=0.75)
        if close:
            return close[0]
    return ""


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return f"{flat[:_LONGEST_NAMED]}…" if len(flat) > _LONGEST_NAMED else flat
