"""Links between frames of one sentence that tell of the same happening: a bombing and the deaths it caused.

Each gets the arguments of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .clauses import verb_above
from .conditions import Classes
from .frames import FrameContext
from .instruments import RANK
from .records import Frame, Parse, Phrase

_SAME_HAPPENING = frozenset(
    "prep agent pobj advcl conj acl relcl dobj nsubj nsubjpass xcomp dep npadvmod pcomp".split()
)
_AFTER = frozenset({"after", "following"})  # "died after stepping on a mine"; the other way round it is another event
_ANSWERED = frozenset({"after", "because", "since", "when"})
_OTHER = frozenset({"separate", "another", "different", "other"})
_MEANWHILE = frozenset({"as", "when", "while"})
_DURING = frozenset({"in", "during", "amid"})
_ANYBODY = frozenset("people person persons others dozens scores several many".split())
_WITHIN = frozenset({"in", "during", "by", "from", "of", "amid", "on", "at", "under", "with"})


def link(parse: Parse, frames: Sequence[Frame], context: FrameContext, classes: Classes) -> tuple[Frame, ...]:
    """Share arguments among frames that tell of one happening, and let event nouns give way to their own actors.

    A cause and its outcome are one happening ("killed in a bombing"); an event noun in a role stands for who did it
    ("repelled an attack by X").
    """
    out = list(frames)
    for k, outcome in enumerate(frames):
        if outcome.action not in context.outcomes:
            continue
        cause = _deed_before(parse, outcome, frames, context, classes)
        if cause is not None:  # whoever stands beside the participle did not do it
            out[k] = replace(out[k], actors=())
        else:
            cause = _cause(parse, k, frames, context, classes)
        if cause is not None:
            out[k], out[cause] = _merge(out[k], out[cause], frames[cause].targets, parse, context, classes)
    out = [_fought(parse, _both_hurt(frame, out, classes), out, classes) for frame in out]
    nouns = {token: frame for frame in out if frame.nominal for token in frame.tokens}
    against = {p.head: frame.actors for frame in out if frame.action == "repel" for p in frame.targets}
    out = [
        replace(frame, targets=against[frame.head]) if not frame.targets and against.get(frame.head) else frame
        for frame in out
    ]
    return tuple(_without_events(frame, nouns) for frame in out)


def _deed_before(
    parse: Parse, outcome: Frame, frames: Sequence[Frame], context: FrameContext, classes: Classes
) -> int | None:
    """The deed whose result the parser hangs on something that stands between them.

    "An attack on a church that killed ten" is not the church's doing, and in "a mine went off as a bus passed, killing
    ten" the bus kills nobody.
    """
    causes = {f.head: j for j, f in enumerate(frames) if f.action in context.causes - context.outcomes}
    if parse.deps[outcome.head] == "relcl":
        noun = parse.heads[outcome.head]
        things = [p for p in outcome.actors if classes(p) & {"property", "place"} and "person" not in classes(p)]
        if not things or things[0].head != noun:
            return None
        while parse.deps[noun] == "pobj":
            noun = parse.heads[parse.heads[noun]]
            if noun in causes and frames[causes[noun]].nominal:
                return causes[noun]
        return None
    told = parse.heads[outcome.head]
    if parse.tags[outcome.head] != "VBG" or parse.lower[outcome.head - 1] != "," or told in causes:
        return None
    at, meanwhile = told, False
    for _ in range(3):
        if parse.heads[at] == at:
            return None
        meanwhile |= parse.lower[at] in _MEANWHILE or any(parse.lower[c] in _MEANWHILE for c in parse.children[at])
        at = parse.heads[at]
        if at in causes:
            return causes[at] if meanwhile and at < told else None
    return None


def _both_hurt(frame: Frame, frames: Sequence[Frame], classes: Classes) -> Frame:
    """A fight without parties in which both sides lost people: "three rebels and a soldier were killed in a clash"."""
    if frame.pattern != "reciprocal" or frame.actors or frame.targets:
        return frame
    hurt = [p for f in frames if f.cause == frame.head for p in f.targets if "armed" in classes(p)]
    state = tuple(p for p in hurt if "state" in classes(p))[:1]
    others = tuple(p for p in hurt if "state" not in classes(p))[:1]
    if not (state and others):
        return frame
    return replace(frame, actors=state, targets=others, trail=(*frame.trail, "fought by those who were hurt in it"))


def _fought(parse: Parse, frame: Frame, frames: Sequence[Frame], classes: Classes) -> Frame:
    """A fight without parties is one of whoever acts around it ("troops freed six captives after a gun battle").

    "After clashes" may tell of others' clashes; "after a clash" and "during clashes" tell of one's own.
    """
    preposition = parse.heads[frame.head]
    word = parse.lower[preposition]
    if not frame.nominal or frame.pattern != "reciprocal" or frame.actors or frame.targets:
        return frame
    if word not in _AFTER | _DURING or (word in _AFTER and parse.tags[frame.head] != "NN"):
        return frame
    around = next((f for f in frames if f.head == parse.heads[preposition] and not f.nominal), None)
    if around is None:
        return frame
    sides = [tuple(p for p in role if "armed" in classes(p)) for role in (around.actors, around.targets)]
    if not any(sides):
        return frame
    trail = (*frame.trail, f"fought by the parties of {around.rule_id}")
    return replace(frame, actors=sides[0] or sides[1], targets=sides[1] if sides[0] else (), trail=trail)


def _without_events(frame: Frame, nouns: dict[int, Frame]) -> Frame:
    """A frame whose event nouns are replaced by those events' actors; an event is never an actor itself."""
    actors = dict.fromkeys(q for p in frame.actors for q in (nouns[p.head].actors if p.head in nouns else (p,)))
    replaced = (q for p in frame.targets for q in ((p.head in nouns and nouns[p.head].actors) or (p,)))
    targets = dict.fromkeys(q for q in replaced if q not in actors)
    if tuple(actors) == frame.actors and tuple(targets) == frame.targets:
        return frame
    trail = (*frame.trail, "an event noun gave way to its own actor")
    weapons = (nouns[p.head].instrument for p in frame.actors if p.head in nouns)  # "targeted by a suicide bomber"
    instrument = _most_telling(frame.instrument, *weapons)
    return replace(frame, actors=tuple(actors), targets=tuple(targets), instrument=instrument, trail=trail)


def _cause(parse: Parse, k: int, frames: Sequence[Frame], context: FrameContext, classes: Classes) -> int | None:
    """The frame that an outcome is a result of: the nearest in the parse."""
    outcome = frames[k]
    outcomes, causes = context.outcomes, context.causes
    heads = {p.head for p in (*outcome.actors, *outcome.instruments)}
    people = any("person" in classes(p) for p in outcome.targets)
    found: list[tuple[int, int, int]] = []
    for j, other in enumerate(frames):
        if j == k or other.action in outcomes or other.action not in causes or _provoked(parse, other, outcome):
            continue
        if _separate(parse, other, outcome):
            continue
        upon = not outcome.actors and (people or other.instrument not in (None, "firearms"))
        within = _WITHIN | _AFTER if upon else _WITHIN
        joined = _steps(parse, outcome.head, other.head, frozenset({"conj"}), within)
        steps = 0 if set(other.tokens) & heads else joined
        if steps is None:  # a cause is told first: "attacked and killed", not "killing and abducting"
            steps = _steps(parse, other.head, outcome.head)
        if steps is not None:
            found.append((steps, abs(other.head - outcome.head), j))
    return min(found)[2] if found else None


def _separate(parse: Parse, deed: Frame, outcome: Frame) -> bool:
    """Whether a deed is marked as another one than that of a clause before: "injured five in a separate attack"."""
    if not deed.nominal or not any(parse.lower[c] in _OTHER for c in parse.children[deed.head]):
        return False
    clause = verb_above(parse, deed.head)
    return clause is not None and clause != outcome.head and parse.deps[clause] == "conj"


def _provoked(parse: Parse, deed: Frame, before: Frame) -> bool:
    """Whether a deed answers another one by others: "protesters burned a post after an officer shot a driver"."""
    mark = parse.child(before.head, "mark")
    told = parse.deps[before.head] == "advcl" and mark is not None and parse.lower[mark] in _ANSWERED
    return told and parse.heads[before.head] == deed.head and bool(deed.actors) and bool(before.actors)


def _steps(
    parse: Parse, head: int, token: int, barred: frozenset[str] = frozenset(), within: frozenset[str] = _WITHIN
) -> int | None:
    """How far ``token`` hangs below ``head`` by links that tell of the same happening; None when it does not."""
    path: list[int] = []
    at = token
    while at != head:
        if parse.heads[at] == at or len(path) > 6:
            return None
        path.append(at)
        at = parse.heads[at]
    labels = ["advcl" if _in_which(parse, step) else parse.deps[step] for step in path]
    if not labels or labels[0] in barred or not set(labels) <= _SAME_HAPPENING or set(labels[:-1]) & {"ccomp", "relcl"}:
        return None
    prepositions = [step for step in path if parse.deps[step] in ("prep", "agent")]
    timed = [step for step in path if step in prepositions or parse.child(step, "mark") is not None]
    apart = any(_measured(parse, step) for step in timed)  # "a day after the attack", "hours after they attacked"
    return None if apart or {parse.lower[step] for step in prepositions} - within else len(path)


def _measured(parse: Parse, link: int) -> bool:
    """Whether a preposition or a marked clause stands some time apart: "a day after", "hours before"."""
    time = parse.child(link, "npadvmod")
    mark = parse.child(link, "mark")
    return time is not None and (mark is None or (parse.lower[mark] in ("after", "before") and time < mark))


def _in_which(parse: Parse, verb: int) -> bool:
    """Whether a relative clause tells what happened in the deed: "raided a camp, in which six were killed"."""
    inside = (c for c in parse.children[verb] if parse.deps[c] == "prep" and parse.lower[c] in ("in", "during"))
    return parse.deps[verb] == "relcl" and any(parse.lower[o] == "which" for c in inside for o in parse.children[c])


def _merge(
    outcome: Frame, cause: Frame, told: tuple[Phrase, ...], parse: Parse, context: FrameContext, classes: Classes
) -> tuple[Frame, Frame]:
    """Give outcome and cause each other's arguments. Two-sided fighting keeps its own two sides for both.

    ``told`` are the targets that the cause itself names, before any outcome gave it others.
    """
    cause_heads = set(cause.tokens)
    own = tuple(
        p for p in outcome.actors if p.head not in cause_heads and context.instruments.of_phrase(parse, p) is None
    )
    instrument = _most_telling(outcome.instrument, cause.instrument)
    victims = tuple(p for p in outcome.targets if p.head not in cause_heads)
    note = f"linked {outcome.rule_id} with {cause.rule_id}"
    trail = (*outcome.trail, note)
    if cause.pattern == "reciprocal":  # who fights whom is not who is hurt
        one_sided = own or cause.actors  # "two rebels were killed in a gunfight with police"
        armed = tuple(p for p in victims if "armed" in classes(p) and p not in cause.actors) if one_sided else ()
        both = replace(cause, actors=cause.actors or own, targets=cause.targets or armed, trail=(*cause.trail, note))
        actors, targets = (own, victims) if own else (both.actors, told or victims or both.targets)
        return replace(outcome, actors=actors, targets=targets, cause=cause.head, trail=trail), both
    has_person = any("person" in classes(p) for p in cause.targets)
    given = cause.actors or tuple(p for p in own if p not in cause.targets)
    targets = cause.targets if has_person else (*victims, *(p for p in cause.targets if p not in victims))
    if cause.action in context.damages and cause.targets:
        targets = cause.targets  # "burned 20 houses and killed six people": the houses burned
    if any("armed" in classes(p) for p in cause.targets) and all(_is_anybody(parse, p) for p in victims):
        targets = (*cause.targets, *(p for p in victims if p not in cause.targets))  # the dead of a checkpoint
    return (
        replace(
            outcome,
            actors=own or cause.actors,
            targets=victims or outcome.targets,
            instrument=instrument,
            cause=cause.head,
            trail=trail,
        ),
        replace(cause, actors=given, targets=targets, instrument=instrument, trail=(*cause.trail, note)),
    )


def _is_anybody(parse: Parse, phrase: Phrase) -> bool:
    """Whether victims are counted without saying who they were: "five people", "seven"."""
    return parse.lower[phrase.head] in _ANYBODY or parse.tags[phrase.head] == "CD"


def _most_telling(*classes: str | None) -> str | None:
    return next((c for c in RANK if c in classes), next((c for c in classes if c), None))
