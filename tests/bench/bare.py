"""The floor we compare ourselves with: bare Flask, the same pages as constant text, no features at all."""

import os
from pathlib import Path

from flask import Flask, request

app = Flask(__name__)
PAGES = Path(os.environ["BARE_PAGES"])
START, CATALOGUE, TEST, OUTCOME = (
    (PAGES / f"{name}.html").read_text(encoding="utf-8") for name in ("start", "catalogue", "test", "outcome")
)


@app.get("/")
def start() -> str:
    return START


@app.get("/self-tests/")
def catalogue() -> str:
    return CATALOGUE


@app.get("/self-tests/djg6")
def test() -> str:
    return TEST


@app.post("/self-tests/djg6")
def outcome() -> str:
    total = sum(int(request.form[f"q{number}"]) for number in range(1, 7))
    return OUTCOME.replace("{total}", str(total))
