"""Files that only the holders of certain keys open: age (C2SP), read by any age program as well.

In: public keys `age1…` and a file to write; or a file and private keys. The public half lies on the machine that makes
backups, the private half elsewhere: who takes the machine or the backup cannot read it.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO, TypeAlias

import pyrage

from web.commands.border import BadInput

#: Of a library without types: `pyrage.x25519.Recipient` and `.Identity`.
Recipient: TypeAlias = Any
Identity: TypeAlias = Any
_MAGIC = b"age-encryption.org/"


def recipients_of(words: Sequence[str]) -> list[Recipient]:
    """Public keys as typed. Raises BadInput."""
    try:
        return [pyrage.x25519.Recipient.from_str(word.strip()) for word in words if word.strip()]
    except pyrage.RecipientError as error:
        raise BadInput("Khóa công khai phải có dạng age1… (tạo bằng: ./diemcau backup-key TỆP).") from error


def identities_of(files: Sequence[Path]) -> list[Identity]:
    """Private keys from their files, one a line; comments begin with #. Raises BadInput."""
    lines = [line.strip() for file in files for line in file.read_text(errors="replace").splitlines()]
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError as error:
        raise BadInput("Tệp khóa không đúng: cần dòng AGE-SECRET-KEY-1…") from error
    if files and not found:
        raise BadInput("Tệp khóa không có dòng AGE-SECRET-KEY-1…")
    return found


def is_sealed(path: Path) -> bool:
    """Whether the file is an age file."""
    with path.open("rb") as stream:
        return stream.read(len(_MAGIC)) == _MAGIC


@contextmanager
def sealed(target: BinaryIO, recipients: Sequence[Recipient]) -> Iterator[BinaryIO]:
    """A stream to write to; what is written arrives sealed in the target. Without recipients it arrives as it is."""
    if not recipients:
        yield target
        return
    reading, writing = os.pipe()
    faults: list[Exception] = []
    worker = Thread(target=_encrypt, args=(reading, target, list(recipients), faults), daemon=True)
    worker.start()
    try:
        with os.fdopen(writing, "wb") as stream:
            yield stream
    finally:
        worker.join()
    for fault in faults:
        raise fault


@contextmanager
def opened(path: Path, identities: Sequence[Identity]) -> Iterator[BinaryIO]:
    """A stream to read from; a sealed file is opened on the way and never lies open on the disk.

    Raises:
        BadInput: sealed, and none of the keys opens it. OSError: damaged or cut.
    """
    with path.open("rb") as source:
        if not is_sealed(path):
            yield source
            return
        if not identities:
            raise BadInput(f"{path} được mã hóa. Hãy thêm --identity TỆP_KHÓA.")
        reading, writing = os.pipe()
        faults: list[Exception] = []
        worker = Thread(target=_decrypt, args=(source, writing, list(identities), faults), daemon=True)
        with os.fdopen(reading, "rb") as stream:
            worker.start()
            try:
                yield stream
            finally:
                stream.close()
                worker.join()
                _tell(path, faults)


def _encrypt(reading: int, target: BinaryIO, recipients: list[Recipient], faults: list[Exception]) -> None:
    with os.fdopen(reading, "rb") as source:
        try:
            pyrage.encrypt_io(source, target, recipients)
        except (pyrage.EncryptError, OSError) as error:
            faults.append(error)


def _decrypt(source: BinaryIO, writing: int, identities: list[Identity], faults: list[Exception]) -> None:
    with os.fdopen(writing, "wb") as target:
        try:
            pyrage.decrypt_io(source, target, identities)
        except (pyrage.DecryptError, OSError) as error:
            faults.append(error)


def _tell(path: Path, faults: Sequence[Exception]) -> None:
    for fault in faults:
        if isinstance(fault, pyrage.DecryptError):
            raise BadInput(
                f"{path}: khóa này không mở được bản sao lưu (mã hóa cho khóa khác, hoặc tệp hỏng)."
            ) from fault
        if not isinstance(fault, BrokenPipeError):
            raise fault
