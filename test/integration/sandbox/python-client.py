"""Calls the sandbox with fal_client, fal's own client for Python, and prints what it got as JSON."""

import asyncio
import json
import os
import sys

run_url, queue_url, rest_url, token_url = sys.argv[1:5]
os.environ["FAL_RUN_HOST"] = "fal.run"

import fal_client
from fal_client import auth, client

# its hosts are https constants
client.RUN_URL_FORMAT = run_url + "/"
client.QUEUE_URL_FORMAT = queue_url + "/"
client.REST_URL = rest_url
client.CDN_URL = rest_url
auth.AUTH0_TOKEN_URL = token_url

model = "fal-ai/flux/schnell"
arguments = {"prompt": "a falcon", "image_size": "square"}
told = {}


def attempt(name, work):
    try:
        told[name] = work()
    except Exception as error:
        told[name] = {"error": type(error).__name__, "message": str(error)}


def subscribe(with_logs):
    seen = []
    result = fal_client.subscribe(model, arguments, with_logs=with_logs, on_queue_update=seen.append)
    statuses = [type(status).__name__ for status in seen]
    return {"images": len(result["images"]), "last": statuses[-1], "logs": seen[-1].logs}


async def subscribe_async():
    result = await fal_client.AsyncClient().subscribe(model, arguments)
    return len(result["images"])


attempt("run", lambda: len(fal_client.run(model, arguments)["images"]))
attempt("subscribe", lambda: subscribe(False))
attempt("with_logs", lambda: subscribe(True))
attempt("async", lambda: asyncio.run(subscribe_async()))
attempt("upload", lambda: fal_client.upload(b"a feather", "text/plain", "feather.txt"))
attempt("fallback", lambda: fal_client.upload(b"a ring", "text/plain", repository="fal"))
attempt("scheme", lambda: auth.fetch_auth_credentials().scheme)
print(json.dumps(told))
