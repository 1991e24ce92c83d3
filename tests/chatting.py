"""A server on this machine that speaks the chat protocol of OpenAI-compatible endpoints, and answers as a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from search_api.llm import Endpoint, Price

KEY = "sk-test-THE-KEY-0123456789"


@dataclass(frozen=True)
class Said:
    """What the server sends. `held`: it sends nothing until the test is over; `drips`: one byte at a time, for ever."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    held: bool = False
    drips: bool = False


def completion(content: object, *, usage: object = None, finish: str = "stop") -> Said:
    """A proper completion whose message is `content` (facts in JSON, where it is no string)."""
    words = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    body: dict[str, Any] = {
        "id": "x",
        "choices": [{"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": words}}],
    }
    body["usage"] = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120} if usage is None else usage
    return Said(json.dumps(body, ensure_ascii=False).encode())


def facts(*claims: object) -> Said:
    return completion({"facts": list(claims)})


def failure(status: int, code: str = "", **headers: str) -> Said:
    error = {"message": f"Incorrect API key provided: {KEY}", "code": code}
    return Said(json.dumps({"error": error}).encode(), status, {name.replace("_", "-"): value for name, value in headers.items()})


@dataclass
class Chat:
    """`questions` are the bodies that came, `texts` the texts in them, `headers` what came with them."""

    url: str
    answer: Callable[[str], Said]
    questions: list[dict[str, Any]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    most_at_once: int = 0
    _at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def texts(self) -> list[str]:
        return [text_of(question) for question in self.questions]

    def endpoint(self, **options: Any) -> Endpoint:
        given: dict[str, Any] = {"model": "stub", "key": KEY, "price": Price(0.5, 2.0, "元"), "timeout": 20.0, "parallel": 1}
        return Endpoint(url=f"{self.url}/chat/completions", **(given | options))


def text_of(question: dict[str, Any]) -> str:
    """The text that a question is about, as the last message holds it."""
    content: str = question["messages"][-1]["content"]
    return content.partition("<<<\n")[2].rpartition("\n>>>")[0]


@contextmanager
def chat(answer: Callable[[str], Said]) -> Iterator[Chat]:
    """Serve; `answer` is called with the text of each question."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with serving._lock:
                serving.questions.append(question)
                serving.headers.append(dict(self.headers))
                serving.paths.append(self.path)
                serving._at_once += 1
                serving.most_at_once = max(serving.most_at_once, serving._at_once)
            try:
                self._say(serving.answer(text_of(question)))
            except OSError:  # the client has gone
                pass
            finally:
                with serving._lock:
                    serving._at_once -= 1

        def _say(self, said: Said) -> None:
            if said.held:
                serving.over.wait(30)
                return
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            if not said.drips:
                self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            self.wfile.write(said.body)
            while said.drips and not serving.over.wait(0.02):
                self.wfile.write(b" ")
                self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    serving = Chat(f"http://127.0.0.1:{server.server_address[1]}/v1", answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield serving
    finally:
        serving.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
