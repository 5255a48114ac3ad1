import { describe, expect, it, vi } from "vitest";
import { httpListener, sendJson, type HttpListener } from "../__fixtures__/http-listener.ts";
import { attempt } from "./attempt.ts";
import { falConnection, type FalConnection } from "./connection.ts";
import { silence } from "./failure.ts";

const key = "key-id:key-secret";
const endpoint = "fal-ai/flux-lora-portrait-trainer/v2";
const queued = { status: "IN_QUEUE", request_id: "R", queue_position: 2 };

interface Hosts {
  readonly queue: HttpListener;
  readonly rest: HttpListener;
  readonly api: HttpListener;
  readonly elsewhere: HttpListener;
  readonly connection: FalConnection;
}

/** Each of fal's hosts on an origin of its own. */
async function hosts(): Promise<Hosts> {
  const queue = await httpListener((response) => sendJson(response, 202, queued));
  const api = await httpListener((response) => response.end());
  const elsewhere = await httpListener((response) => response.end());
  const rest = await httpListener((response) =>
    sendJson(response, 200, { upload_url: `${elsewhere.url}/put?signature=s`, file_url: "https://v3.fal.media/a.zip" }),
  );
  const connection = falConnection({ key, hosts: { queue: queue.url, rest: rest.url, api: api.url } });
  return { queue, rest, api, elsewhere, connection };
}

describe("falConnection", () => {
  it("leads the client to the configured queue, with the key", async () => {
    const { queue, connection } = await hosts();
    const status = await connection.client().queue.status(endpoint, { requestId: "R", logs: true });
    expect(status).toStrictEqual(queued);
    expect(queue.received).toHaveLength(1);
    expect(queue.received[0]).toMatchObject({
      method: "GET",
      path: "/fal-ai/flux-lora-portrait-trainer/requests/R/status?logs=1",
      headers: { authorization: `Key ${key}` },
    });
  });

  it("lets the client upload: the key goes to the rest host and not to where the bytes go", async () => {
    const { rest, elsewhere, connection } = await hosts();
    const file = new File(["bytes"], "set.zip", { type: "application/zip" });
    const url = await connection.client().storage.upload(file, { lifecycle: { expiresIn: 3600 } });
    expect(url).toBe("https://v3.fal.media/a.zip");
    const lifecycle = JSON.stringify({ expiration_duration_seconds: 3600 });
    expect(rest.received).toMatchObject([
      {
        method: "POST",
        path: "/storage/upload/initiate?storage_type=fal-cdn-v3",
        headers: {
          authorization: `Key ${key}`,
          "x-fal-object-lifecycle": lifecycle,
          "x-fal-object-lifecycle-preference": lifecycle,
        },
        body: JSON.stringify({ content_type: "application/zip", file_name: "set.zip" }),
      },
    ]);
    expect(elsewhere.received).toMatchObject([{ method: "PUT", path: "/put?signature=s", body: "bytes" }]);
    expect(elsewhere.received[0]?.headers).not.toHaveProperty("authorization");
  });

  it.each(["queue", "rest", "api"] as const)("lets the key travel to the %s host", async (name) => {
    const { connection, ...all } = await hosts();
    await connection.fetch(`${all[name].url}/x`, { headers: { Authorization: `Key ${key}` } });
    expect(all[name].received.map(({ headers }) => headers.authorization)).toStrictEqual([`Key ${key}`]);
  });

  it("takes the key off a request that goes anywhere else", async () => {
    const { elsewhere, connection } = await hosts();
    await connection.fetch(`${elsewhere.url}/x`, { headers: { Authorization: `Key ${key}` } });
    expect(elsewhere.received).toHaveLength(1);
    expect(elsewhere.received[0]?.headers).not.toHaveProperty("authorization");
  });

  it("keeps the key from a host that only looks like fal's, which the client alone would trust", async () => {
    const evil = await httpListener((response) => sendJson(response, 200, queued));
    const fetch: typeof globalThis.fetch = (input, init) =>
      globalThis.fetch(input instanceof URL ? input.href.replace("https://evilfal.run", evil.url) : input, init);
    const connection = falConnection({ key, fetch });
    await connection
      .client()
      .queue.status("https://evilfal.run/x", { requestId: "R" })
      .catch(() => undefined);
    expect(evil.received.map(({ headers }) => headers.authorization)).not.toContain(`Key ${key}`);
  });

  it("does not follow a redirect, neither with the key nor without it", async () => {
    const { elsewhere } = await hosts();
    const queue = await httpListener((response) => response.writeHead(307, { location: `${elsewhere.url}/x` }).end());
    const connection = falConnection({ key, hosts: { queue: queue.url } });
    const result = await attempt(() => connection.client().queue.status(endpoint, { requestId: "R" }));
    expect(result._unsafeUnwrapErr()).toStrictEqual(silence("unexpected redirect"));
    expect(queue.received).toHaveLength(1);
    expect(elsewhere.received).toStrictEqual([]);
  });

  it("asks once where the client alone would ask again, and tells how long to wait", async () => {
    const queue = await httpListener((response) =>
      sendJson(response, 503, { detail: "Service Unavailable" }, { "retry-after": "7" }),
    );
    const connection = falConnection({ key, hosts: { queue: queue.url } });
    const result = await attempt(() => connection.client().queue.status(endpoint, { requestId: "R" }));
    expect(result._unsafeUnwrapErr()).toStrictEqual({
      type: "answer",
      status: 503,
      detail: "Service Unavailable",
      retryAfterSeconds: 7,
      body: { detail: "Service Unavailable" },
    });
    expect(queue.received).toHaveLength(1);
  });

  it("asks once when the connection breaks, also in the middle of the answer", async () => {
    const queue = await httpListener((response, { path }, socket) => {
      if (path.includes("/early/")) return socket.resetAndDestroy();
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
      response.write("{", () => socket.destroy());
    });
    const connection = falConnection({ key, hosts: { queue: queue.url } });
    const ask = (requestId: string) => attempt(() => connection.client().queue.status(endpoint, { requestId }));
    expect((await ask("early"))._unsafeUnwrapErr()).toStrictEqual(silence("connection reset"));
    expect((await ask("late"))._unsafeUnwrapErr()).toStrictEqual(silence("connection closed"));
    expect(queue.received).toHaveLength(2);
  });

  it("gives up on a host that does not answer in time", async () => {
    const queue = await httpListener(() => undefined);
    const connection = falConnection({ key, hosts: { queue: queue.url }, requestTimeoutSeconds: 1 });
    const result = await attempt(() => connection.client().queue.status(endpoint, { requestId: "R" }));
    expect(result._unsafeUnwrapErr()).toStrictEqual(silence("no answer in time"));
    expect(queue.received).toHaveLength(1);
  });

  it("gives an upload more time than a question", async () => {
    const silent = await httpListener(() => undefined);
    let finish = (): void => undefined;
    const storage = await httpListener((response) => void (finish = () => response.end("stored")));
    const connection = falConnection({ key, hosts: { queue: silent.url }, requestTimeoutSeconds: 0.2 });

    const upload = attempt(() => connection.fetch(storage.url, { method: "PUT", body: new Blob(["bytes"]) }));
    await vi.waitFor(() => expect(storage.received).toHaveLength(1), { timeout: 10_000 });
    // Asked later than the upload began, so that an upload with as little time would have ended before.
    const asked = await attempt(() => connection.client().queue.status(endpoint, { requestId: "R" }));
    expect(asked._unsafeUnwrapErr()).toStrictEqual(silence("no answer in time"));
    finish();
    expect((await upload)._unsafeUnwrap().status).toBe(200);
  });

  it("gives an upload its own time and no more", async () => {
    const storage = await httpListener(() => undefined);
    const connection = falConnection({ key, transferTimeoutSeconds: 0.2 });
    const upload = await attempt(() => connection.fetch(storage.url, { method: "PUT", body: new Blob(["bytes"]) }));
    expect(upload._unsafeUnwrapErr()).toStrictEqual(silence("no answer in time"));
  });

  it("repeats neither the key nor links of an error answer", async () => {
    const detail = `No user found for ${key}, see https://fal.ai/x?token=t`;
    const queue = await httpListener((response) => sendJson(response, 401, { detail }));
    const connection = falConnection({ key, hosts: { queue: queue.url } });
    const result = await attempt(() => connection.client().queue.status(endpoint, { requestId: "R" }));
    expect(result._unsafeUnwrapErr().detail).toBe("No user found for (secret), see (link)");
    expect(JSON.stringify(result)).not.toContain("key-secret");
  });

  it("uses the URL that fal returned, if it is on our queue", async () => {
    const { queue, connection } = await hosts();
    const ask = (returnedUrl: string) =>
      connection.client(returnedUrl).queue.status(endpoint, { requestId: "R", logs: true });
    await ask(`${queue.url}/other/path/R/status?x=1`);
    await ask("https://queue.fal.run/other/path/R/status");
    await ask("not a URL");
    const rebuilt = "/fal-ai/flux-lora-portrait-trainer/requests/R/status?logs=1";
    expect(queue.received.map(({ path }) => path)).toStrictEqual(["/other/path/R/status?x=1&logs=1", rebuilt, rebuilt]);
  });

  it("has no eye for keys in the environment", async () => {
    vi.stubEnv("FAL_KEY", "environment-id:environment-secret");
    const { queue, connection } = await hosts();
    await connection.client().queue.status(endpoint, { requestId: "R" });
    vi.unstubAllEnvs();
    expect(queue.received[0]?.headers.authorization).toBe(`Key ${key}`);
  });

  it.each(["", " ", "a:b\n", "ключ"])("throws over the key %j, without repeating it", (bad) => {
    expect(() => falConnection({ key: bad })).toThrow(/^the fal key must be printable and without spaces$/);
  });
});
