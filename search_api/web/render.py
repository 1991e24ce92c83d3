"""Pages from templates: every value is escaped on its way in, except what `marking` has escaped itself."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from search_api.web import words

HERE = Path(__file__).parent
STATIC = HERE / "static"


def page(template: str, values: Mapping[str, object], status: int = 200, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """Render a template into a response."""
    return HTMLResponse(environment().get_template(template).render(values), status, dict(headers) if headers else None)


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.update(
        static=static,
        has_script=(STATIC / "vendor" / "htmx.min.js").exists(),
        report_url=report_url,
        entity_url=entity_url,
        source_url=source_url,
    )
    made.filters.update(words.FILTERS)
    return made


@cache
def static(name: str) -> str:
    """Address of a static file; it changes with the file, so that it may be kept by browsers."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def report_url(report: str, start: int | None = None, end: int | None = None, anchor: str = "") -> str:
    """The page of a report, opened at a place of its text where `start` and `end` are given."""
    return _at(f"/reports/{quote(report, safe='')}", start, end, anchor)


def source_url(report: str, start: int | None = None, end: int | None = None) -> str:
    """The source text of a report, at what the place in the cleaned text came from."""
    return _at(f"/reports/{quote(report, safe='')}/source", start, end, "")


def entity_url(entity: str) -> str:
    return f"/entities/{quote(entity, safe='')}"


def _at(path: str, start: int | None, end: int | None, anchor: str) -> str:
    if start is None:
        return f"{path}#{anchor}" if anchor else path
    return f"{path}?{urlencode({'at': f'{start}-{end}'})}#{anchor or 'here'}"
