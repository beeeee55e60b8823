"""`reparto web`: the pages, the API and the hooks, by granian."""

from argparse import Namespace

from ..answer import Answer
from ..refuse_unsafe import refuse_unsafe
from ..serve_web import serve_web


def web(options: Namespace) -> Answer:
    """Serve until SIGTERM."""
    refuse_unsafe()
    serve_web(host=options.host, port=options.port)
    return Answer("", {})
