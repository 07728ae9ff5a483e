"""Arrow arrays as the columns of a log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tillstorm.importing.arrow import pyarrow
from tillstorm.importing.columns import Floats, Instants, Integers, Text, encode
from tillstorm.importing.errors import LogError
from tillstorm.importing.undecoded import decode

if TYPE_CHECKING:
    from tillstorm.importing.columns import Column


def dictionary_text(chunked: Any) -> Text:  # noqa: ANN401 - pyarrow ships no types
    """A chunked array of dictionary-encoded binary or text: one list of distinct values, one code a row."""
    if chunked.num_chunks == 0 or len(chunked) == 0:
        return Text(np.zeros(0, np.int32), [])
    unified = chunked.unify_dictionaries()
    codes = np.concatenate([chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False) for chunk in unified.chunks])
    raw = unified.chunk(unified.num_chunks - 1).dictionary.to_pylist()
    distinct = encode([decode(value) if isinstance(value, bytes) else str(value or "").strip() for value in raw])
    table = np.append(distinct.codes, np.int32(-1))
    return Text(table[codes].astype(np.int32), distinct.values)


def column_of(name: str, chunked: Any) -> Column:  # noqa: ANN401 - pyarrow ships no types
    """A column of a typed file.

    Raises:
        LogError: nested or binary values, which no role can use.
    """
    pa = pyarrow()
    types = pa.types
    kind = chunked.type
    if types.is_dictionary(kind):
        chunked = chunked.cast(kind.value_type)
        kind = chunked.type
    empty = chunked.is_null().to_numpy() if chunked.null_count else np.zeros(len(chunked), np.bool_)
    if types.is_integer(kind):
        filled = chunked.fill_null(0) if chunked.null_count else chunked
        if types.is_uint64(kind):
            return column_of(name, filled.cast(pa.string()))
        return Integers(filled.cast(pa.int64()).to_numpy(), empty)
    if types.is_floating(kind):
        filled = chunked.fill_null(0) if chunked.null_count else chunked
        return Floats(filled.cast(pa.float64()).to_numpy(), empty)
    if types.is_timestamp(kind):
        micro = pa.timestamp("us", tz=kind.tz)
        plain = chunked.cast(micro, safe=False).cast(pa.int64())
        return Instants(plain.fill_null(0).to_numpy(), empty, zoned=kind.tz is not None)
    if types.is_string(kind) or types.is_large_string(kind) or types.is_decimal(kind) or types.is_date(kind):
        text = chunked.cast(pa.string())
        return dictionary_text(text.dictionary_encode())
    raise LogError(f"column `{name}` is of type {kind}; expected text, numbers or times")
