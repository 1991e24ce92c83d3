"""The optional language model: asked over HTTP about masked text, its facts kept apart and marked 模型提取、待核实."""

from search_api.llm.endpoint import Endpoint, Price, endpoint_of
from search_api.llm.enriching import Enriched, Limits, enrich
from search_api.llm.planning import Plan, plan
from search_api.llm.stored import UNVERIFIED, model_facts

__all__ = [
    "UNVERIFIED",
    "Endpoint",
    "Enriched",
    "Limits",
    "Plan",
    "Price",
    "endpoint_of",
    "enrich",
    "model_facts",
    "plan",
]
