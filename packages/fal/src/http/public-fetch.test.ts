import type { lookup as systemLookup } from "node:dns";
import type { ServerResponse } from "node:http";
import { hostname } from "node:os";
import { describe, expect, it } from "vitest";
import { httpListener } from "../__fixtures__/http-listener.ts";
import { notPublic, publicFetch, type PublicFetchOptions } from "./public-fetch.ts";

const { signal } = new AbortController();

/** Finds these addresses, one list at each lookup and the last one for ever. */
function finding(...answers: [readonly string[], ...(readonly string[])[]]) {
  const asked: string[] = [];
  const lookup = (name: string, _options: unknown, done: (error: null, addresses: unknown) => void) => {
    const found = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(name);
    done(
      null,
      found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  };
  return { asked, lookup: lookup as unknown as typeof systemLookup };
}

/** A host that the name `files.example` leads to, as if its address were a public one. */
async function reached(answer: (response: ServerResponse) => void, options: PublicFetchOptions = {}) {
  const { url, received } = await httpListener((response) => answer(response));
  const { lookup } = finding(["127.0.0.1"]);
  const fetch = publicFetch({ lookup, isPublic: () => true, ...options });
  return { fetch: fetch(new URL(url.replace("127.0.0.1", "files.example")), signal), received };
}

describe("publicFetch", () => {
  it("fetches a file as it is, without following a redirect", async () => {
    const { fetch, received } = await reached((response) =>
      response.writeHead(302, { location: "https://elsewhere.example/", "retry-after": "5" }).end("moved"),
    );
    const response = await fetch;
    expect([response.status, response.headers.get("location"), await response.text()]).toStrictEqual([
      302,
      "https://elsewhere.example/",
      "moved",
    ]);
    expect(received[0]?.headers).toMatchObject({ host: expect.stringMatching(/^files\.example/) });
    expect(received[0]?.headers["accept-encoding"]).toBe("identity");
  });

  it.each([["127.0.0.1"], ["10.1.2.3"], ["169.254.169.254"], ["::1"], ["::ffff:127.0.0.1"], ["fd00::1"]])(
    "does not connect to a name that leads to %s",
    async (address) => {
      const { url, received } = await httpListener((response) => response.end("secret"));
      const { lookup } = finding([address]);
      const target = new URL(url.replace("127.0.0.1", "files.example"));
      await expect(publicFetch({ lookup })(target, signal)).rejects.toBe(notPublic);
      expect(received).toStrictEqual([]);
    },
  );

  it("connects to what the lookup that was checked has found, whatever the next one would", async () => {
    const { url, received } = await httpListener((response) => response.end("weights"));
    const { lookup, asked } = finding(["127.0.0.1", "127.0.0.2"], ["10.0.0.1"]);
    const fetch = publicFetch({ lookup, isPublic: (address) => address === "127.0.0.1" });
    const response = await fetch(new URL(url.replace("127.0.0.1", "files.example")), signal);
    expect(await response.text()).toBe("weights");
    expect(asked).toStrictEqual(["files.example"]);
    expect(received).toHaveLength(1);
  });

  it.each(["127.0.0.1", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "0", "localhost", hostname()])(
    "does not connect to %s",
    async (host) => {
      const { url, received } = await httpListener((response) => response.end("secret"));
      const target = new URL(url.replace("127.0.0.1", host));
      await expect(publicFetch()(target, signal)).rejects.toBe(notPublic);
      expect(received).toStrictEqual([]);
    },
  );

  it("does not pass half a file off as a whole one", async () => {
    const { fetch } = await reached((response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half", () => response.destroy());
    });
    await expect((await fetch).text()).rejects.toThrow();
  });

  it("ends with the signal, before and during the answer", async () => {
    const { url } = await httpListener((response) => void response.write("half"));
    const { lookup } = finding(["127.0.0.1"]);
    const target = new URL(url.replace("127.0.0.1", "files.example"));
    const stopping = new AbortController();
    const response = await publicFetch({ lookup, isPublic: () => true })(target, stopping.signal);
    const text = response.text();
    stopping.abort();
    await expect(text).rejects.toThrow();
    await expect(publicFetch({ lookup, isPublic: () => true })(target, stopping.signal)).rejects.toThrow();
  });
});
