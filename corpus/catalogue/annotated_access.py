"""The methods of `Catalogue` about what a language model found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpus.catalogue import annotated
from corpus.catalogue.access import Access
from corpus.catalogue.annotated import Annotation


class AnnotationsAccess(Access):
    def annotations(self, reports: Sequence[str], model: str | None = None) -> list[Annotation]:
        """What was found in these reports (by `model` alone), by report, model and hash of the stretch."""
        with self._store.reading() as connection:
            return annotated.found(connection, reports, model)

    def annotations_of_texts(self, hashes: Iterable[str], model: str) -> dict[str, str]:
        """What `model` found in stretches with these hashes, whichever report they stand in: equal text need not be asked about twice."""
        with self._store.reading() as connection:
            return annotated.of_texts(connection, hashes, model)

    def put_annotations(self, model: str, data: Mapping[tuple[str, str], str], readings: Mapping[str, str]) -> int:
        """Keep data by (report, hash of the stretch); `readings` maps each report to the reading that it was found in.

        What belongs to a report that has gone or was read anew meanwhile is dropped. Returns how many rows were kept.
        """
        with self._store.writing() as connection:
            return annotated.put(connection, model, data, readings)

    def remove_annotations(self, reports: Sequence[str] | None = None) -> int:
        """Remove what any model found in these reports (None: in all); returns how many stretches that were."""
        with self._store.writing() as connection:
            return annotated.remove(connection, reports)
