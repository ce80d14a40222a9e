"""Placing stage: put one report to an incident, or open one.

Specification. A later revision of a known article stays where the article is; a person's decision comes next; then
the best candidate that nothing forbids is taken at `accept` or more. Where a second candidate fits about as well and
the two are firmly two incidents, the report does not say which of them it means: it opens an incident of its own and
both are listed for a person. A background report opens nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from model.ids import incident_id as id_opened_by
from model.incident import ArticleReport, Assignment, Explanation, OriginAssignment, StoredMatch, UnsurePair
from resolution.blocking import stored_keys
from resolution.match_record import MatchRecord
from resolution.merging import are_two, merge_rivals
from resolution.origins import find_origin
from resolution.reasons import explain_candidate, opening_rule
from resolution.run import Candidate, Run
from resolution.stored_match import encode

CLEAR_0_1 = 0.02  # a report whose every other candidate came to less, and its own to one less this, is not asked again
UNCLEAR_MARGIN = 1.0  # log-odds between the two best candidates under which a report may mean either
UNCLEAR_RULE = "it may mean either of two incidents"


def place(run: Run, article_report: ArticleReport, record: MatchRecord, keys: Sequence[str]) -> None:
    """Put one report to its incident; `keys` are those under which like reports may be remembered."""
    run.records[record.report_id] = record
    candidates = run.candidates(record, keys)
    origin = _origin(run, article_report, record, candidates)
    kept, best = _revised(run, record), next((c for c in candidates if c.is_open), None)
    if kept is not None:
        _attach(
            run, article_report, record, kept, origin, Explanation(1.0, "a new revision of a report already placed")
        )
    elif best is not None and (best.decided or (run.fits(best) and not is_unclear(run, candidates))):
        rule = "a person's decision" if best.decided else "the facts agree"
        _attach(run, article_report, record, best.incident_id, origin, explain_candidate(run, record, best, rule))
        merge_rivals(run, best, candidates)
    elif record.is_main:
        _open(run, article_report, record, origin, candidates)
    if kept is None and record.is_main and _is_doubtful(run, candidates, best):
        run.doubtful[record.report_id] = (record, keys)
    _list_unsure(run, record, candidates)


def is_unclear(run: Run, candidates: Sequence[Candidate]) -> bool:
    """Whether two candidates that are firmly two incidents fit about equally well."""
    fitting = [c for c in candidates if c.is_open and c.decided is None and run.fits(c)][:2]
    if len(fitting) < 2 or fitting[0].odds - fitting[1].odds >= UNCLEAR_MARGIN:
        return False
    return are_two(run, fitting[0].comparison.incident, fitting[1].comparison.incident)


def _is_doubtful(run: Run, candidates: Sequence[Candidate], best: Candidate | None) -> bool:
    chances = [c.chance for c in candidates if c.is_open and c is not best]
    if best is not None and not best.decided:
        chances.append(1.0 - best.chance if run.fits(best) else best.chance)
    return max(chances, default=0.0) >= CLEAR_0_1


def _revised(run: Run, record: MatchRecord) -> str | None:
    """The incident of an earlier revision of the same article, when it told of one incident only."""
    earlier = run.index.of_article(record.article_id)
    if len(earlier) != 1 or not record.is_main:
        return None
    incident_id = earlier.pop()
    members = run.index.incident(incident_id).members.values()
    own = [m for m in members if m.article_id == record.article_id]
    return incident_id if own and all(m.revision < record.revision for m in own) else None


def _attach(
    run: Run, article_report: ArticleReport, record: MatchRecord, incident_id: str, origin: str, why: Explanation
) -> None:
    _store_match(run, article_report, record, incident_id, origin)
    run.assignments[record.report_id] = Assignment(record.report_id, incident_id, is_new=False, explanation=why)


def _open(
    run: Run, article_report: ArticleReport, record: MatchRecord, origin: str, candidates: Sequence[Candidate]
) -> None:
    incident_id = id_opened_by(record.report_id)
    nearest = candidates[0] if candidates else None
    why = explain_candidate(run, record, nearest, "") if nearest else None
    unclear = UNCLEAR_RULE if nearest and nearest.is_open and run.fits(nearest) else ""
    rule = opening_rule(record, nearest, why, unclear)
    why = Explanation(why.probability_0_1, rule, why.features, why.vetoes) if why else Explanation(0.0, rule)
    _store_match(run, article_report, record, incident_id, origin)
    run.assignments[record.report_id] = Assignment(record.report_id, incident_id, is_new=True, explanation=why)


def _store_match(run: Run, article_report: ArticleReport, record: MatchRecord, incident_id: str, origin: str) -> None:
    keys, published_at = stored_keys(record, run.idf), article_report.article.published_at
    run.index.add(record, incident_id, origin, keys, published_at)
    run.memories[record.report_id] = StoredMatch(
        record.report_id, record.article_id, incident_id, origin, keys, encode(record), published_at
    )


def _origin(run: Run, article_report: ArticleReport, record: MatchRecord, candidates: Sequence[Candidate]) -> str:
    """The origin of the article, found among the candidates' reports, the oldest copy first."""
    article_id = record.article_id
    known = run.index.origin_of.get(article_id)
    if known is None:
        incidents = [c.comparison.incident for c in candidates]
        known, basis = find_origin(record, article_report.article.text, incidents)
        run.index.origin_of[article_id] = known
    else:
        basis = "known from an earlier report"
    run.origins.setdefault(article_id, OriginAssignment(article_id, known, basis))
    return known


def _list_unsure(run: Run, record: MatchRecord, candidates: Sequence[Candidate]) -> None:
    """List the candidates, near enough for a person to look at, that were not taken: the best, or both of two."""
    placed = run.index.home(record.report_id)
    if placed is None:
        return
    near = [c for c in candidates if c.is_open and c.decided is None and run.index.current(c.incident_id) != placed]
    n_asked = 2 if len(near) > 1 and run.fits(near[0]) else 1
    for candidate in near[:n_asked]:
        if candidate.chance >= run.weights.unsure:
            why = explain_candidate(run, record, candidate, "between reject and accept")
            run.unsure.append(UnsurePair(record.report_id, placed, run.index.current(candidate.incident_id), why))
