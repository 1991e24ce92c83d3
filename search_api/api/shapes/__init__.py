"""The shapes of the API's bodies: its OpenAPI description. The values themselves are plain dicts made by `search_api.bodies`.

A key with the default None is left out where it does not apply. Positions are code points of a report's cleaned text.
"""

from search_api.api.shapes.answers import Answer
from search_api.api.shapes.duplicates import ComparedTexts, Duplicates, Judgement, Judgements, RelatedList
from search_api.api.shapes.entities import Entity, EntityList, Neighbourhood, Ways
from search_api.api.shapes.reports import ReportDetail, ReportList, SourceText, Withdrawn
from search_api.api.shapes.resolution import Candidates, Judged, NewJudgement
from search_api.api.shapes.service import Health, Job, Problem, Ready

__all__ = [
    "Answer",
    "Candidates",
    "ComparedTexts",
    "Duplicates",
    "Entity",
    "EntityList",
    "Health",
    "Job",
    "Judged",
    "Judgement",
    "Judgements",
    "Neighbourhood",
    "NewJudgement",
    "Problem",
    "Ready",
    "RelatedList",
    "ReportDetail",
    "ReportList",
    "SourceText",
    "Ways",
    "Withdrawn",
]
