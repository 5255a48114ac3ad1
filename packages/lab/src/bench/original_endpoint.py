"""The original's webhook endpoint in shape: FastAPI and asyncpg, no signature, nothing stored before the answer.

It looks up the training of the request, answers, and writes the new status afterwards. Prints the port it listens at, and ends
with its standard input.
"""

import os
import socket
import sys
import threading

import asyncpg
import uvicorn
from fastapi import BackgroundTasks, FastAPI, Request, Response

app = FastAPI()


@app.on_event("startup")
async def connect() -> None:
    app.state.pool = await asyncpg.create_pool(sys.argv[1], min_size=10, max_size=10)


async def note(status: str, training: int) -> None:
    await app.state.pool.execute("update training set status = $1 where id = $2", status, training)


@app.post("/{path:path}")
async def update_status(request: Request, tasks: BackgroundTasks) -> Response:
    body = await request.json()
    training = await app.state.pool.fetchrow("select id, status from training where request_id = $1", body["request_id"])
    if training is None:
        return Response(status_code=404)
    tasks.add_task(note, body["status"], training["id"])
    return Response('{"status":"success"}', media_type="application/json")


def end_with_input() -> None:
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(2048)
print(listener.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).run(sockets=[listener])
