"""Every error the project raises on purpose.

    JindianziError
    ├── UsageError            wrong command, option, setting or request
    │   ├── SettingError      a setting that cannot be used
    │   ├── NotFound          no such report, entity, job, page
    │   ├── CursorExpired     a paging cursor of an earlier state of the index
    │   └── MixedStore        samples and one's own files would land in one store
    ├── UnreadableSource      one source cannot be read; the rest of the batch goes on
    │   ├── EmptySource       nothing in it
    │   ├── UnknownFormat     not a format that is read, or the ending lies
    │   ├── UnknownEncoding   bytes that are no text in any encoding we know
    │   ├── DamagedSource     cut short, invalid JSON, a broken archive
    │   ├── SourceTooLarge    over a limit that the message names
    │   ├── SourceVanished    was there when the folder was listed, is gone now
    │   ├── DuplicateKey      two files claim the same source key
    │   ├── ReaderFailed      a mistake of ours: a reader met what it was not written for
    │   └── ClassifiedSource  carries a mark of state secrecy
    ├── StoreError            the catalogue, graph or index cannot do it
    │   ├── StoreLocked       another process holds it for too long
    │   ├── StoreReadOnly     no right to write
    │   ├── StoreFull         no space left on the disk
    │   ├── StoreDamaged      not a database, or one that fails its checks
    │   └── StoreTooNew       made by a newer version of the program
    ├── ModelError            the embedding model
    │   ├── ModelMissing      not there, and no source that answers has it
    │   ├── ModelCorrupt      cut short or of another hash
    │   └── ModelMismatch     vectors of another model
    └── EndpointError         the language model that somebody has set up
        ├── EndpointRefused   will answer nothing: key, address, name of the model, quota
        └── EndpointFailed    gave no usable answer to one question

Each carries what was wrong (`what`), where (`where`: a file, a page, a row, a setting) and what to do (`remedy`), in Chinese as people
read it, and in English under `en` where the text is worth translating. `code` is stable and goes into problem+json and the quarantine.
"""

from __future__ import annotations

_LONGEST = 400  # characters of a place in a message: a spoilt archive may hold names of thousands


class JindianziError(Exception):
    """Root of the tree. `what`, `where` and `remedy` are complete sentences or phrases for people; none holds personal data."""

    code = "error"
    exit_status = 3

    def __init__(self, what: str, *, where: str = "", remedy: str = "", en: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy
        self.en = en

    def __str__(self) -> str:
        where = self.where if len(self.where) <= _LONGEST else f"{self.where[: _LONGEST // 2]}……{self.where[-_LONGEST // 2 :]}"
        parts = [f"{where}：{self.what}" if where else self.what]
        if self.remedy:
            parts.append(self.remedy)
        return "。".join(part.rstrip("。") for part in parts) + "。"


class UsageError(JindianziError):
    code = "usage"
    exit_status = 2


class SettingError(UsageError):
    code = "setting"


class NotFound(UsageError):
    code = "not_found"


class CursorExpired(UsageError):
    code = "cursor_expired"


class MixedStore(UsageError):
    code = "mixed_store"


class UnreadableSource(JindianziError):
    code = "unreadable"
    exit_status = 1


class EmptySource(UnreadableSource):
    code = "empty"


class UnknownFormat(UnreadableSource):
    code = "unknown_format"


class UnknownEncoding(UnreadableSource):
    code = "unknown_encoding"


class DamagedSource(UnreadableSource):
    code = "damaged"


class SourceTooLarge(UnreadableSource):
    code = "too_large"


class SourceVanished(UnreadableSource):
    code = "vanished"


class DuplicateKey(UnreadableSource):
    code = "duplicate_key"


class ReaderFailed(UnreadableSource):
    code = "reader_failed"


class ClassifiedSource(UnreadableSource):
    code = "classified"


class StoreError(JindianziError):
    code = "store"


class StoreLocked(StoreError):
    code = "store_locked"


class StoreReadOnly(StoreError):
    code = "store_read_only"


class StoreFull(StoreError):
    code = "store_full"


class StoreDamaged(StoreError):
    code = "store_damaged"


class StoreTooNew(StoreError):
    code = "store_too_new"


class ModelError(JindianziError):
    code = "model"


class ModelMissing(ModelError):
    code = "model_missing"


class ModelCorrupt(ModelError):
    code = "model_corrupt"


class ModelMismatch(ModelError):
    code = "model_mismatch"


class EndpointError(JindianziError):
    code = "endpoint"


class EndpointRefused(EndpointError):
    code = "endpoint_refused"


class EndpointFailed(EndpointError):
    code = "endpoint_failed"
