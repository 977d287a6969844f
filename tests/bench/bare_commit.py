"""The floor of keeping something: bare Flask, one durable commit into SQLite, no features at all."""

import os
import sqlite3
import threading

from flask import Flask, request

app = Flask(__name__)
UPSERT = "insert into kept (id, value) values (?, ?) on conflict (id) do update set value = excluded.value"
_own = threading.local()


def connection() -> sqlite3.Connection:
    """Return the connection of this thread, as durable as ours: write-ahead log, full synchronisation."""
    if not hasattr(_own, "connection"):
        _own.connection = sqlite3.connect(os.environ["BARE_DATABASE"], timeout=10, isolation_level=None)
        for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL"):
            _own.connection.execute(f"pragma {pragma}")
        _own.connection.execute("create table if not exists kept (id text primary key, value text)")
    found: sqlite3.Connection = _own.connection
    return found


@app.get("/")
def alive() -> str:
    return "ok"


@app.post("/kept/<key>")
def keep(key: str) -> dict[str, str]:
    own = connection()
    own.execute("begin immediate")
    own.execute(UPSERT, (key, request.form["value"]))
    own.execute("commit")
    return {"kept": key}
