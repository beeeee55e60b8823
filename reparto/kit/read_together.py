"""
Read several sets of rows in one statement; afterwards each has its rows as if it had been asked by itself.

It composes no question and widens none: whoever hands rows over has said which they are. For pages, which want to know
much and ask little (at most twelve times).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, JSONField, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from .prepared import as_sent


@dataclass(frozen=True, slots=True)
class Question:
    """Rows that are asked for, and the statement that does."""

    rows: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    values: tuple[Any, ...]


def read_together(*asked: QuerySet[Any, Any]) -> None:
    """Let each of these querysets have its rows; one that cannot have any is not asked for."""
    questions = [question for rows in asked if (question := _question(rows)) is not None]
    if not questions:
        return
    # Records in arrays come over in binary, where each value carries its type: nothing is guessed from text.
    columns = ", ".join(f"ARRAY({question.sql})" for question in questions)
    answers = _ask(f"SELECT {columns}", [value for question in questions for value in question.values])
    for question, records in zip(questions, answers, strict=True):
        _fill(question, records)


def _question(rows: QuerySet[Any, Any]) -> Question | None:
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, values = compiler.as_sql(with_col_aliases=True)
    except EmptyResultSet:
        rows._result_cache = []
        return None
    columns = ", ".join(_column(alias, expression.output_field) for expression, _, alias in compiler.select or ())
    return Question(rows, compiler, f"SELECT ROW({columns}) FROM ({sql}) AS asked", values)


def _column(alias: str, field: "Field[Any, Any]") -> str:
    """Django reads JSON itself, from text."""
    quoted = f'asked."{alias}"'
    if isinstance(field, JSONField):
        return f"{quoted}::text"
    return f"{quoted}::text[]" if isinstance(field, ArrayField) and isinstance(field.base_field, JSONField) else quoted


def _ask(statement: str, values: Sequence[Any]) -> tuple[Any, ...]:
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        if connection.queries_logged:
            connection.queries_log.append({"sql": as_sent(statement, values), "time": ""})
        cursor.execute(statement, values, prepare=False, binary=True)
        found: tuple[Any, ...] = cursor.fetchone() or ()
        return found


def _fill(question: Question, records: Sequence[tuple[Any, ...]]) -> None:
    """Let Django make of the records whatever it makes of rows."""
    compiler = question.compiler
    compiler.execute_sql = lambda *_, **__: [records]  # type: ignore[assignment]
    reader = question.rows._chain()  # type: ignore[attr-defined]
    reader.query.get_compiler = lambda *_, **__: compiler
    question.rows._result_cache = list(reader._iterable_class(reader))
