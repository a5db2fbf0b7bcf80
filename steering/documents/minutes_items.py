"""The items of minutes in words: notes, recusals, decisions with their votes, recommendations."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext, pgettext

from core import formats
from core.formats import listed
from steering.documents.blocks import Block, Cell, said
from steering.domain.record import BallotLine, DecisionLine, ItemLine, RecommendationLine, RecusalLine
from steering.domain.results import result_words
from steering.enums import BallotChoice, DecisionMode, DecisionState, Expected, ItemState


def blocks_of(item: ItemLine, power: str) -> Iterator[Block]:
    """One point; of a confidential one that the reader may not read, its number alone."""
    if item.is_closed:
        yield Block("heading", Cell(gettext("Confidential item")), number=str(item.number))
        yield Block("meta", Cell(gettext("This item is confidential: its text is not given here.")))
        return
    yield Block("heading", said(item.title), number=str(item.number))
    meta = _meta(item)
    if meta:
        yield Block("meta", Cell(meta))
    for recusal in item.recusals:
        yield from _recusal(recusal)
    if item.notes:
        yield Block("text", said(item.notes))
    for decision in item.decisions:
        yield _decision(decision, power)
    for recommendation in item.recommendations:
        yield _recommendation(recommendation)


def _meta(item: ItemLine) -> str:
    """One line: what was expected, who reported, how many counted."""
    parts = []
    if item.is_confidential:
        parts.append(gettext("Confidential item"))
    if item.expected:
        parts.append(str(Expected(item.expected).label))
    if item.rapporteur:
        parts.append(gettext("Rapporteur: %(name)s") % {"name": said(item.rapporteur).text})
    if item.state == ItemState.POSTPONED:
        parts.append(gettext("Postponed to another meeting"))
    elif item.quorum is not None:
        count = {"counted": item.quorum.counted, "required": item.quorum.required}
        parts.append(gettext("Quorum: %(counted)s counted, %(required)s required") % count)
    return pgettext("sentences of a line", ". ").join(parts)


def _recusal(recusal: RecusalLine) -> Iterator[Block]:
    words = gettext("%(institution)s is recused from this item. Declared interest:")
    yield Block("text", Cell(words % {"institution": said(recusal.institution).text}))
    yield Block("text", said(recusal.interest))


def _decision(decision: DecisionLine, power: str) -> Block:
    words = gettext("Decision %(number)s: %(state)s, %(mode)s") % {
        "number": decision.number,
        "state": result_words(DecisionState(decision.state), power),
        "mode": str(DecisionMode(decision.mode).label).lower(),
    }
    inner = [Block("subheading", Cell(words)), Block("text", said(decision.text))]
    inner += [Block("meta", Cell(line)) for line in _votes(decision)]
    for line in decision.reservations:
        seat = listed([said(line.institution).text, said(line.name).text])
        inner.append(Block("meta", Cell(gettext("Reservation of %(seat)s:") % {"seat": seat})))
        inner.append(Block("text", said(line.text)))
    inner += [Block("meta", Cell(line)) for line in _charge(decision)]
    return Block("box", blocks=tuple(inner))


def _votes(decision: DecisionLine) -> Iterator[str]:
    if decision.mode != DecisionMode.NAMED or decision.votes_for is None:
        return
    counts = {
        "for": decision.votes_for,
        "against": decision.votes_against or 0,
        "abstain": decision.abstentions or 0,
    }
    yield gettext("For: %(for)s. Against: %(against)s. Abstentions: %(abstain)s.") % counts
    if decision.by_casting_vote:
        yield gettext("Settled by the casting vote of the chair.")
    for choice in BallotChoice:
        voices = [_voice(ballot) for ballot in decision.ballots if ballot.choice == choice]
        if voices:
            yield f"{choice.label}{pgettext('label', ': ')}{listed(voices)}"


def _voice(ballot: BallotLine) -> str:
    within = [said(ballot.name).text]
    if ballot.by_proxy:
        within.append(gettext("by proxy"))
    words = listed(within)
    institution = said(ballot.institution).text
    return f"{institution} ({words})" if words else institution


def _charge(decision: DecisionLine) -> Iterator[str]:
    if decision.owner:
        yield gettext("Institution in charge: %(name)s") % {"name": said(decision.owner).text}
    if decision.due_on is not None:
        yield gettext("Due date: %(day)s") % {"day": formats.plain_date(decision.due_on)}


def _recommendation(recommendation: RecommendationLine) -> Block:
    words = gettext("Recommendation %(code)s") % {"code": recommendation.code}
    if recommendation.addressee:
        to = gettext("addressed to %(name)s") % {"name": said(recommendation.addressee).text}
        words = listed([words, to])
    return Block("box", blocks=(Block("subheading", Cell(words)), Block("text", said(recommendation.text))))
