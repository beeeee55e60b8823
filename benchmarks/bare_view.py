"""A view that stores one row durably and does nothing else: the most that a webhook could be."""

import os

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

ORGANIZATION = int(os.environ.get("BENCH_ORGANIZATION", "0"))
ACCOUNT = int(os.environ.get("BENCH_ACCOUNT", "0"))


@csrf_exempt
def store(request: HttpRequest) -> HttpResponse:
    """Insert the body as a delivery that is absorbed already."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('reparto.organization', %s, true)", [str(ORGANIZATION)])
        cursor.execute(
            "INSERT INTO intake_delivery (organization_id, account_id, body, content_type, received_at, absorbed_at)"
            " VALUES (%s, %s, %s, 'application/json', now(), now())",
            [ORGANIZATION, ACCOUNT, request.body],
        )
    return HttpResponse()


urlpatterns = [path("bare", store)]
