"""One case over several calls: a caller who was lost goes on where he was cut off - same ticket, same words, one clock."""

from dataclasses import replace

from app.desk.case import Case
from app.domain.call import CallId
from app.domain.transcript import Utterance


def moved(case: Case, call: CallId, answered_at: float) -> Case:
    """The case as it goes on with the next call. `answered_at`: when the call that it had so far was answered."""
    draft = case.draft
    if draft is not None:
        draft = replace(draft, ticket=replace(draft.ticket, call=call))
    return replace(case, call=call, draft=draft, earlier=(*case.earlier, (case.call, answered_at)))


def spoken_in(case: Case, answered_at: float, start_s: float) -> tuple[CallId, float]:
    """The call in which something was said that has this time in the case, and the seconds by which the case's clock is ahead
    of that call's. `answered_at`: of the call that the case has now. The other way round of `placed`."""
    calls = [(call, at) for call, at in (*case.earlier, (case.call, answered_at)) if at]
    began_at = next((at for _, at in case.earlier if at), 0.0)
    shifts = [(call, max(0.0, at - began_at)) for call, at in calls] if began_at else []
    return next((said for said in reversed(shifts) if said[1] <= start_s), (case.call, 0.0))


def placed(case: Case, call: CallId, answered_at: float, heard: Utterance) -> Utterance:
    """An utterance of `call`, one of the case's calls, with times that count from the first of them.

    Numbers need no care: they are those of tap frames, which go on over every call and every restart.
    """
    times = dict(case.earlier)
    began_at = next((at for _, at in case.earlier if at), 0.0)
    own_at = times.get(call, answered_at)
    shift = own_at - began_at if began_at and own_at else 0.0
    if shift <= 0:
        return heard
    words = tuple(replace(word, start_s=word.start_s + shift, end_s=word.end_s + shift) for word in heard.words)
    return replace(heard, start_s=heard.start_s + shift, end_s=heard.end_s + shift, words=words)
