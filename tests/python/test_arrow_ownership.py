"""The Arrow C structures by hand: a consumer may keep a column and release the batch that it came with."""

from __future__ import annotations

import ctypes
import gc

import numpy as np
import pytest

import tillstorm as ts


class ArrowArray(ctypes.Structure):
    """struct ArrowArray of the Arrow C data interface."""


ArrowArray._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(ArrowArray))),
    ("dictionary", ctypes.POINTER(ArrowArray)),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(ArrowArray))),
    ("private_data", ctypes.c_void_p),
]
Release = dict(ArrowArray._fields_)["release"]


class ArrowArrayStream(ctypes.Structure):
    """struct ArrowArrayStream of the Arrow C stream interface."""


ArrowArrayStream._fields_ = [
    ("get_schema", ctypes.c_void_p),
    ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ArrowArrayStream), ctypes.POINTER(ArrowArray))),
    ("get_last_error", ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.POINTER(ArrowArrayStream))),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(ArrowArrayStream))),
    ("private_data", ctypes.c_void_p),
]


def stream_of(capsule: object) -> ArrowArrayStream:
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype = ctypes.c_void_p
    pointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
    return ArrowArrayStream.from_address(pointer(capsule, b"arrow_array_stream"))


def move(source: ArrowArray) -> ArrowArray:
    """What the interface calls a move: the bytes are copied, and the source is marked as released."""
    target = ArrowArray()
    ctypes.memmove(ctypes.byref(target), ctypes.byref(source), ctypes.sizeof(ArrowArray))
    source.release = Release()
    return target


@pytest.fixture
def table():
    return ts.run(ts.Scenario.load("tutorial/one_day", {"record.tables": ["truth.tickets"]})).table("truth.tickets")


def test_a_moved_column_outlives_its_batch_its_stream_and_its_table(table):
    names = table.column_names
    expected_net = table["net_minor"].copy()
    expected_place = table["place"].tolist()
    capsule = table.__arrow_c_stream__()
    stream = stream_of(capsule)
    batch = ArrowArray()
    assert stream.get_next(ctypes.byref(stream), ctypes.byref(batch)) == 0
    assert (batch.length, batch.n_children) == (len(expected_net), len(names))

    net = move(batch.children[names.index("net_minor")].contents)
    place = move(batch.children[names.index("place")].contents)
    batch.release(ctypes.byref(batch))
    assert not batch.release
    del stream, capsule, table
    gc.collect()

    values = np.ctypeslib.as_array((ctypes.c_int64 * net.length).from_address(net.buffers[1]))
    assert (values == expected_net).all()
    codes = (ctypes.c_int32 * place.length).from_address(place.buffers[1])
    texts = place.dictionary.contents
    offsets = (ctypes.c_int32 * (texts.length + 1)).from_address(texts.buffers[1])
    text = ctypes.string_at(texts.buffers[2], offsets[texts.length]).decode()
    assert [text[offsets[code] : offsets[code + 1]] for code in codes] == expected_place
    for moved in (net, place):
        moved.release(ctypes.byref(moved))
        assert not moved.release


def test_after_the_last_batch_comes_one_that_is_released(table):
    capsule = table.__arrow_c_stream__()
    stream = stream_of(capsule)
    batch = ArrowArray()
    rows = 0
    while stream.get_next(ctypes.byref(stream), ctypes.byref(batch)) == 0 and batch.release:
        rows += batch.length
        batch.release(ctypes.byref(batch))
    assert rows == len(table)
    assert stream.get_last_error(ctypes.byref(stream)) == b""
