"""The bytes of a file → its text by pieces, lines ending in LF, and why it stops when it cannot be read to its end."""

from __future__ import annotations

import codecs
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from generator.diagnostics.wording import reason
from generator.tables.source import File, Source
from generator.text.interface import Sentence, sentence

PIECE = 1 << 15  # bytes read at a time: what is made of them stays near the processor


@dataclass(frozen=True, slots=True)
class Cut:
    """Why a text stops where it does: a code, what is said of it and what to do."""

    code: str
    message: Sentence
    hint: Sentence


def halt(code: str, message: str, hint: str, **values: object) -> Cut:
    """A reason to stop."""
    return Cut(code, sentence(message, **values), sentence(hint, **values))


def pieces(file: File, source: Source) -> Iterator[str | Cut]:
    """The text of a file, a mark of order of bytes apart; at the end, why it stops there if that is not its end."""
    try:
        decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(source.encoding)(), translate=True)
    except LookupError:
        message = "L’encodage « {encoding} » n’est pas connu."
        yield halt("pas-en-utf8", message, "Corrigez « encoding », ou retirez-le : utf-8.", encoding=source.encoding)
        return
    first = True
    for data in _bytes(file, source.compression):
        if isinstance(data, Cut):
            yield data
            return
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeError as error:
            good, why = _until(data, error, decoder, source.encoding)
            yield from filter(None, (good.removeprefix("\ufeff") if first else good, why))
            return
        if text:
            yield text.removeprefix("\ufeff") if first else text
            first = False


def _bytes(file: File, compression: str) -> Iterator[bytes | Cut]:
    """What a file holds, then nothing, once; or why it could not be read."""
    try:
        with file.path.open("rb") as stream:
            yield from _unpacked(stream) if compression == "gz" else iter(lambda: stream.read(PIECE), b"")
        yield b""
    except (EOFError, zlib.error):
        message = "Le fichier compressé est coupé ou abîmé : la suite ne se lit pas."
        yield halt("fichier-illisible", message, "Reprenez-le à sa source.")
    except OSError as error:
        message = "Ce fichier ne se lit pas : {why}."
        hint = "Vérifiez son nom et son emplacement."
        yield halt("fichier-illisible", message, hint, why=reason(error))


def _unpacked(stream: BinaryIO) -> Iterator[bytes]:
    """What a gzip file holds, by pieces whatever its rate; raises EOFError or zlib.error, after all that can be read."""
    unpacking = zlib.decompressobj(wbits=31)
    while packed := stream.read(PIECE):
        while packed:
            if unpacking.eof:  # several files one after the other are one (RFC 1952, 2.2)
                unpacking = zlib.decompressobj(wbits=31)
            data = unpacking.decompress(packed, 4 * PIECE)
            if data:
                yield data
            packed = unpacking.unused_data.lstrip(b"\0") if unpacking.eof else unpacking.unconsumed_tail
    if not unpacking.eof:
        raise EOFError


def _until(data: bytes, error: UnicodeError, decoder: io.IncrementalNewlineDecoder, encoding: str) -> tuple[str, Cut]:
    """What is read before the bytes that are not in the encoding, and what is said of them."""
    held, start = 0, error.start if isinstance(error, UnicodeDecodeError) else 0
    if isinstance(error, UnicodeDecodeError):
        held = len(error.object) - len(data)  # bytes kept from the piece before
        byte = f"{error.object[start]:02X}"
    good = decoder.decode(data[: max(start - held, 0)]) if start > held else ""
    message = "Ce fichier n’est pas en {encoding}, son encodage déclaré : l’octet {byte} n’y veut rien dire."
    hint = "Corrigez « encoding », ou enregistrez le fichier de nouveau en UTF-8."
    if not isinstance(error, UnicodeDecodeError):
        message, byte = "Ce fichier n’est pas en {encoding}, son encodage déclaré.", ""
    return good, halt("pas-en-utf8", message, hint, encoding=encoding, byte=byte)
