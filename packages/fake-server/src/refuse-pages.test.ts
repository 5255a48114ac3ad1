import { once } from "node:events";
import { request, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { serveFetch } from "./serve-fetch.ts";

/** Sends a request with headers that `fetch` does not allow to set. */
async function statusOf(url: string, headers: OutgoingHttpHeaders, body?: string): Promise<number | undefined> {
  const asking = request(url, { method: body === undefined ? "GET" : "POST", headers });
  asking.end(body);
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

async function served(): Promise<string> {
  const server = await serveFetch(async () => new Response("what is served"), { names: ["fal"] });
  onTestFinished(server.close);
  return server.url;
}

describe("what is served", () => {
  it.each([
    ["a name that a page has made to resolve to loopback", { host: "evil.example" }, 421],
    ["such a name with a port", { host: "evil.example:4701" }, 421],
    ["a name that only looks like an address", { host: "127.0.0.1.evil.example" }, 421],
    ["a page of another origin", { origin: "https://evil.example" }, 403],
    ["a page of another port of this machine", { origin: "http://127.0.0.1:1" }, 403],
    ["a page without an origin", { origin: "null" }, 403],
    ["a picture or a link of another site", { "sec-fetch-site": "cross-site" }, 403],
    ["a picture of another port of this machine", { "sec-fetch-site": "same-site" }, 403],
  ])("is refused to %s", async (_who, headers, status) => {
    const url = await served();
    const form = { ...headers, "content-type": "text/plain" };
    expect([await statusOf(url, headers), await statusOf(url, form, "{}")]).toStrictEqual([status, status]);
  });

  it.each([
    ["a program", {}],
    ["a person who types its address", { "sec-fetch-site": "none" }],
    ["a program that calls it localhost", { host: "LOCALHOST:80" }],
    ["a program that calls it by another address", { host: "[::1]:4701" }],
    ["a program that calls it by a name it was told", { host: "fal:4701" }],
  ])("is given to %s", async (_who, headers) => {
    const url = await served();
    expect([await statusOf(url, headers), await statusOf(url, headers, "{}")]).toStrictEqual([200, 200]);
  });
});
