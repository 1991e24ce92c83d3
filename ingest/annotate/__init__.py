"""Facts that a language model claims to have read: what it is asked, how its answer is read, and which claims hold. Pure, without I/O.

`messages` is what is sent for a text, `read_answer` makes claims of what comes back, `check` keeps those that the text bears out.
"""

from ingest.annotate.answer import Answer, read_answer
from ingest.annotate.checks import CONFIDENCE, Checked, check
from ingest.annotate.prompt import SCHEMA, fingerprint, messages

__all__ = ["CONFIDENCE", "SCHEMA", "Answer", "Checked", "check", "fingerprint", "messages", "read_answer"]
