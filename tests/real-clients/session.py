"""Runs a Python file as if it were typed at Python's prompt: each call is printed with its value or its error.

`r` reads text from the server at REDIS_PORT and `rb` bytes; `connect(...)` makes another client of it. `await` may stand
anywhere. What depends on order is put in order: a set is printed sorted. A mistake in the file itself ends the run.
"""

import ast
import asyncio
import inspect
import os
import sys

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

PORT = int(os.environ["REDIS_PORT"])
MISTAKES = (AttributeError, ImportError, NameError, SyntaxError)


def connect(**options):
    # One try more when a connection is lost, without the pauses that redis-py makes by itself.
    once = Retry(NoBackoff(), 1)
    return redis.Redis(host="127.0.0.1", port=PORT, **{"decode_responses": True, "retry": once, **options})


def shown(value):
    """A value as Python prints it, sets in order, at every depth."""
    if isinstance(value, (set, frozenset)):
        return "{" + ", ".join(sorted(map(shown, value))) + "}" if value else "set()"
    if type(value) is list:
        return f"[{', '.join(map(shown, value))}]"
    if type(value) is tuple:
        return f"({', '.join(map(shown, value))}{',' * (len(value) == 1)})"
    if type(value) is dict:
        return "{" + ", ".join(f"{shown(k)}: {shown(v)}" for k, v in value.items()) + "}"
    if isinstance(value, Exception):
        return f"{type(value).__name__}({str(value)!r})"
    text = repr(value)
    return f"<{type(value).__name__}>" if text.startswith("<") else text


def run(path):
    source = open(path, encoding="utf-8").read()
    names = {"__name__": "__main__", "redis": redis, "connect": connect, "PORT": PORT}
    names |= {"r": connect(), "rb": connect(decode_responses=False)}
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    for statement in ast.parse(source).body:
        is_call = isinstance(statement, ast.Expr)
        if is_call and not isinstance(statement.value, ast.Constant):
            print(">>>", ast.get_source_segment(source, statement).replace("\n", "\n..."))
        tree = ast.Expression(statement.value) if is_call else ast.Module([statement], [])
        code = compile(tree, path, "eval" if is_call else "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        try:
            value = eval(code, names)
            if inspect.iscoroutine(value):
                value = loop.run_until_complete(value)
            if is_call and not isinstance(statement.value, ast.Constant):
                print(shown(value))
        except MISTAKES:
            raise
        except Exception as error:
            print(f"{type(error).__module__}.{type(error).__qualname__}: {error}")
            if not is_call:
                raise


if __name__ == "__main__":
    run(sys.argv[1])
