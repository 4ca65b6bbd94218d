"""Records to rows and back, from the types of the records' own fields.

Enums are stored as their English codes, dates as ISO texts, tuples as JSON.
"""

import json
import types
import typing
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache, partial
from operator import attrgetter
from typing import Any, Generic, TypeVar

from jiuliting_desk.model.many import many

R = TypeVar("R")

Convert = Callable[[Any], Any]


def _optional(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        inner = [part for part in typing.get_args(hint) if part is not type(None)]
        return inner[0], True
    return hint, False


def to_plain(value: Any) -> Any:
    """A value as JSON can hold it: records as dicts, tuples as lists, dates as ISO texts."""
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value


def from_plain(hint: Any, plain: Any) -> Any:
    """The value of type ``hint`` that ``to_plain`` made ``plain`` of."""
    hint, _ = _optional(hint)
    if plain is None:
        return None
    if typing.get_origin(hint) is tuple:
        inner = typing.get_args(hint)[0]
        return tuple(from_plain(inner, item) for item in plain)
    if is_dataclass(hint) and isinstance(hint, type):
        hints = _hints(hint)
        return hint(**{name: from_plain(hints[name], item) for name, item in plain.items() if name in hints})
    if hint is datetime:
        return datetime.fromisoformat(plain)
    if hint is date:
        return date.fromisoformat(plain)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(plain)
    return plain


@cache
def _hints(record_class: type) -> dict[str, Any]:
    return typing.get_type_hints(record_class)


_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _is_flat(record_class: Any) -> bool:
    """Whether a record holds only texts, numbers and truths, which JSON takes and gives as they are."""
    is_record = isinstance(record_class, type) and is_dataclass(record_class)
    return is_record and set(_hints(record_class).values()) <= _PLAIN


_PLAIN = {str, int, float, bool}


_quoted = json.encoder.encode_basestring
_LITERALS: dict[Any, Callable[[Any], str]] = {
    str: _quoted,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: json.dumps,
}


def _flat_encoder(inner: Any) -> Convert:
    """JSON of one flat record, put together from its fields: half of what the general encoder takes."""
    names = [field.name for field in fields(inner)]
    literals = [_LITERALS[_hints(inner)[name]] for name in names]
    take = attrgetter(*names) if len(names) > 1 else lambda record: (getattr(record, names[0]),)
    template = "{" + ",".join(f'"{name}":%s' for name in names) + "}"
    return lambda record: template % tuple(
        [write(value) for write, value in zip(literals, take(record), strict=True)]
    )  # fmt: skip


def _tuple_encoder(inner: Any) -> Convert:
    """JSON of a tuple; most are empty, and the flat ones need no look at every value."""
    if inner in _PLAIN:
        return lambda value: _dump(value) if value else "[]"
    if _is_flat(inner):
        write = _flat_encoder(inner)
        return lambda value: f"[{','.join([write(item) for item in value])}]" if value else "[]"
    return lambda value: _dump(to_plain(value)) if value else "[]"


def _column_encoder(hint: Any, encode: Convert) -> Callable[[Sequence[Any]], Iterable[Any]]:
    """The same for all values of a column: what comes again and again is encoded once."""
    bare, _ = _optional(hint)
    if isinstance(bare, type) and issubclass(bare, Enum):
        return partial(_enum_column, encode)
    is_plain_tuple = typing.get_origin(bare) is tuple and typing.get_args(bare)[0] in _PLAIN
    if is_plain_tuple or (isinstance(bare, type) and issubclass(bare, date)):
        return partial(_repeating_column, encode)
    return partial(map, encode)


_code = attrgetter("_value_")


def _enum_column(encode: Convert, values: Sequence[Any]) -> Iterable[Any]:
    try:
        return list(map(_code, values))
    except AttributeError:
        # None, or a code where a member is meant.
        return map(encode, values)


def _repeating_column(encode: Convert, values: Sequence[Any]) -> Iterable[Any]:
    codes = {value: encode(value) for value in set(values)}
    return map(codes.__getitem__, values)


def _tuple_decoder(hint: Any, inner: Any) -> Convert:
    if inner in _PLAIN:
        return lambda text: () if text == "[]" else tuple(json.loads(text))
    if _is_flat(inner):
        names = {field.name for field in fields(inner)}

        def read(text: str) -> tuple[Any, ...]:
            plain = () if text == "[]" else json.loads(text)
            if all(item.keys() == names for item in plain):
                return tuple([inner(**item) for item in plain])
            result: tuple[Any, ...] = from_plain(hint, plain)
            return result

        return read
    return lambda text: () if text == "[]" else from_plain(hint, json.loads(text))


_BITS: dict[bool | None, int | None] = {False: 0, True: 1, None: None}
_TRUTHS: dict[int | None, bool | None] = {0: False, 1: True, None: None}


def _encoder(hint: Any) -> Convert | None:
    hint, _ = _optional(hint)
    if typing.get_origin(hint) is tuple:
        return _tuple_encoder(typing.get_args(hint)[0])
    if isinstance(hint, type) and issubclass(hint, date):
        return lambda value: None if value is None else value.isoformat()
    # SQLite's binding looks for an adapter wherever a value is not exactly a str or an int.
    if hint is bool:
        return _BITS.get
    if isinstance(hint, type) and issubclass(hint, Enum):
        codes: dict[Any, Any] = {member: member.value for member in hint} | {None: None}
        return lambda value: codes.get(value, value)
    return None


def _decoder(hint: Any) -> Convert | None:
    bare, optional = _optional(hint)
    if typing.get_origin(bare) is tuple:
        return _tuple_decoder(bare, typing.get_args(bare)[0])
    if bare is bool:
        return _TRUTHS.get if optional else bool
    if isinstance(bare, type) and issubclass(bare, Enum):
        members = {member.value: member for member in bare}
        return (lambda code: members.get(code)) if optional else members.__getitem__
    if bare is datetime or bare is date:
        read = bare.fromisoformat
        return lambda text: None if text is None else read(text)
    return None


def _column_decoder(hint: Any, decode: Convert) -> Callable[[Sequence[Any]], Iterable[Any]]:
    """The same for all values of a column: what comes again and again is decoded once."""
    bare, _ = _optional(hint)
    inner = typing.get_args(bare)[0] if typing.get_origin(bare) is tuple else str
    if inner in _PLAIN:
        return partial(_repeating_column, decode)
    return partial(_flat_records_column, hint, inner) if _is_flat(inner) else partial(map, decode)


def _flat_records_column(hint: Any, inner: Any, texts: Sequence[str]) -> list[tuple[Any, ...]]:
    """Lists of flat records from their JSON, many with one call of the parser."""
    names = {field.name for field in fields(inner)}
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(texts), LISTS_AT_ONCE):
        for items in json.loads(f"[{','.join(texts[start : start + LISTS_AT_ONCE])}]"):
            if all(item.keys() == names for item in items):
                found.append(tuple([inner(**item) for item in items]))
            else:
                found.append(from_plain(hint, items))
    return found


AT_ONCE = 2000
"""Records that are made into rows in one go."""
LISTS_AT_ONCE = 500
"""Lists that are decoded in one go: no other thread goes on meanwhile."""


class Mapped(Generic[R]):
    """One record class and its table: columns are the record's fields, in order, id first."""

    def __init__(self, record_class: type[R], table: str) -> None:
        self.record_class = record_class
        self.table = table
        hints = _hints(record_class)  # type: ignore[arg-type]
        self.columns: tuple[str, ...] = tuple(field.name for field in fields(record_class))  # type: ignore[arg-type]
        if self.columns[0] != "id":
            raise TypeError(f"{record_class.__name__} must begin with its id")
        self._values = attrgetter(*self.columns)
        self._encoders = [(i, e) for i, name in enumerate(self.columns) if (e := _encoder(hints[name])) is not None]
        self._column_encoders = [(i, _column_encoder(hints[self.columns[i]], e)) for i, e in self._encoders]
        self._decoders = [(i, d) for i, name in enumerate(self.columns) if (d := _decoder(hints[name])) is not None]
        self._column_decoders = [(i, _column_decoder(hints[self.columns[i]], d)) for i, d in self._decoders]
        self._encode_one = {name: _encoder(hints[name]) for name in self.columns}
        self._decode_one = {name: _decoder(hints[name]) for name in self.columns}
        names = ", ".join(self.columns)
        self.select = f"SELECT {names} FROM {table}"
        self.insert = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(self.columns))})"

    def row(self, record: R) -> list[Any]:
        """The values to store, in the order of ``columns``; id 0 becomes None."""
        values = list(self._values(record))
        for index, encode in self._encoders:
            values[index] = encode(values[index])
        if not values[0]:
            values[0] = None
        return values

    def rows(self, records: Sequence[R], ids: Iterable[int] | None = None) -> list[tuple[Any, ...]]:
        """The values of many records, as ``row`` gives them, with other ids where they are given.

        By columns, which is several times faster; some thousands at a time, for other threads wait meanwhile.
        """
        if len(records) > AT_ONCE:
            parts = range(0, len(records), AT_ONCE)
            each = ids if ids is None else list(ids)
            return [
                row
                for start in parts
                for row in self.rows(records[start : start + AT_ONCE], each and each[start : start + AT_ONCE])
            ]
        if not records:
            return []
        columns: list[Any] = list(zip(*map(self._values, records), strict=True))
        for index, encode in self._column_encoders:
            columns[index] = encode(columns[index])
        columns[0] = ids if ids is not None else [record_id or None for record_id in columns[0]]
        return list(zip(*columns, strict=True))

    def record(self, row: Sequence[Any]) -> R:
        """The record of a row that ``select`` gave."""
        values = list(row)
        for index, decode in self._decoders:
            values[index] = decode(values[index])
        return self.record_class(**dict(zip(self.columns, values, strict=True)))

    def records(self, rows: Iterable[Sequence[Any]]) -> list[R]:
        """The records of many rows; by columns, as ``rows`` makes them."""
        columns: list[Any] = list(zip(*rows, strict=True))
        if not columns:
            return []
        for index, decode in self._column_decoders:
            columns[index] = decode(columns[index])
        return many(self.record_class, len(columns[0]), columns)

    def encoded(self, column: str, value: Any) -> Any:
        """One value as it is stored. Raises KeyError for a column that the record does not have."""
        encode = self._encode_one[column]
        return value if encode is None or value is None else encode(value)

    def decoded(self, column: str, stored: Any) -> Any:
        """One value from how it is stored; as it is for a column that the record no longer has."""
        decode = self._decode_one.get(column)
        return stored if decode is None or stored is None else decode(stored)
