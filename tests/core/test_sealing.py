"""Sealed text opens where it was sealed and nowhere else, and only with keys that nobody else can read."""

import json
from pathlib import Path
from uuid import uuid4

import pytest

from selfhelp.core import sealing
from selfhelp.core.errors import UnsafeSettings
from selfhelp.core.sealing import CannotOpen, Place, Sealer, add_key, add_log_key, drop_keys_before, key_number

ROW, ORGANISATION = uuid4(), uuid4()
HERE = Place("client", "name_sealed", ROW, ORGANISATION)
WORDS = "Samira, 34, een zak brieven"


@pytest.fixture
def sealer(tmp_path: Path) -> Sealer:
    add_key(tmp_path)
    return Sealer(tmp_path)


def test_what_is_sealed_opens_again_and_looks_like_nothing(sealer: Sealer) -> None:
    sealed = sealer.seal(WORDS, HERE)
    assert sealer.open(sealed, HERE) == WORDS
    assert b"Samira" not in sealed
    assert sealer.seal(WORDS, HERE) != sealed, "the same words never look the same"


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("client", "name_sealed", uuid4(), ORGANISATION),
        Place("client", "name_sealed", ROW, uuid4()),
        Place("client", "other_sealed", ROW, ORGANISATION),
        Place("step_entry", "name_sealed", ROW, ORGANISATION),
    ],
)
def test_moved_to_another_place_it_does_not_open(sealer: Sealer, elsewhere: Place) -> None:
    with pytest.raises(CannotOpen):
        sealer.open(sealer.seal(WORDS, HERE), elsewhere)


def test_a_changed_byte_anywhere_is_noticed(sealer: Sealer) -> None:
    sealed = sealer.seal("x", HERE)
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(CannotOpen):
            sealer.open(bytes(changed), HERE)
    for short in (b"", sealed[:3], sealed[:10]):
        with pytest.raises(CannotOpen):
            sealer.open(short, HERE)


def test_an_older_key_still_opens_until_it_is_dropped(sealer: Sealer, tmp_path: Path) -> None:
    old = sealer.seal(WORDS, HERE)
    assert add_key(tmp_path) == 2
    both = Sealer(tmp_path)
    assert both.open(old, HERE) == WORDS
    new = both.seal(WORDS, HERE)
    assert (key_number(old), key_number(new)) == (1, 2)
    drop_keys_before(tmp_path, 2)
    last = Sealer(tmp_path)
    assert last.open(new, HERE) == WORDS
    with pytest.raises(CannotOpen):
        last.open(old, HERE)


def test_a_running_process_notices_a_new_key(sealer: Sealer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "LOOK_AGAIN", -1.0)
    add_key(tmp_path)
    assert key_number(sealer.seal(WORDS, HERE)) == 2


def test_the_key_file_is_for_its_owner_alone(sealer: Sealer, tmp_path: Path) -> None:
    path = tmp_path / sealing.FILE_NAME
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(UnsafeSettings, match="0600"):
        Sealer(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "{", '{"1": 5}', '{"one": "AAAA"}', '{"1": "AAAA"}', '{"1": "not base64!"}', f'{{"1": "{"A" * 43}="}}'],
)
def test_a_key_file_that_cannot_be_used_stops_the_start(text: str, tmp_path: Path) -> None:
    path = tmp_path / sealing.FILE_NAME
    path.write_text(text, encoding="ascii")
    path.chmod(0o600)
    with pytest.raises(UnsafeSettings):
        Sealer(tmp_path)


def test_the_key_of_access_logs_stays_when_the_others_go(sealer: Sealer, tmp_path: Path) -> None:
    before = sealer.log_digest(b"a line")
    add_key(tmp_path)
    drop_keys_before(tmp_path, 2)
    add_log_key(tmp_path)
    assert Sealer(tmp_path).log_digest(b"a line") == before
    assert list(Sealer(tmp_path).masters) == [2]


def test_a_key_file_from_before_access_logs_had_a_key_gets_one(tmp_path: Path) -> None:
    add_key(tmp_path)
    path = tmp_path / sealing.FILE_NAME
    path.write_text(json.dumps({"1": json.loads(path.read_text(encoding="ascii"))["1"]}), encoding="ascii")
    with pytest.raises(UnsafeSettings, match="db upgrade"):
        Sealer(tmp_path)
    add_log_key(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(Sealer(tmp_path).log_digest(b"a line")) == 32


def test_without_keys_nothing_starts(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings, match="keys make"):
        Sealer(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_process_that_has_just_looked_opens_what_another_sealed_with_a_key_added_since(
    sealer: Sealer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "LOOK_AGAIN", 3600.0)
    add_key(tmp_path)
    sealed = Sealer(tmp_path).seal(WORDS, HERE)
    assert key_number(sealed) == 2
    assert sealer.open(sealed, HERE) == WORDS


def test_a_value_of_a_key_that_never_was_does_not_open_and_breaks_nothing(sealer: Sealer) -> None:
    sealed = sealer.seal(WORDS, HERE)
    with pytest.raises(CannotOpen):
        sealer.open(sealing.head_of(77) + sealed[3:], HERE)
    assert sealer.open(sealed, HERE) == WORDS
