import type { ServerResponse } from "node:http";
import { testClock } from "@likeness/testing";
import { err } from "neverthrow";
import { describe, expect, it } from "vitest";
import { httpListener, type Received } from "../__fixtures__/http-listener.ts";
import { falOutcomeSource, type FalOutcomeSourceOptions } from "./fal-outcome-source.ts";

const clock = testClock("2026-11-23T06:00:00.000Z");

/** Opens a file of a host that answers like this, and reads it to its end. */
async function open(
  answer: (response: ServerResponse, received: Received) => void,
  options: FalOutcomeSourceOptions = {},
) {
  const host = await httpListener((response, received) => answer(response, received));
  const source = falOutcomeSource({ clock, hosts: { queue: host.url }, ...options });
  const opened = await source.open({ url: `${host.url}/files/lora.safetensors` });
  return { opened, text: opened.map((stream) => new Response(stream).text()), received: host.received };
}

describe("falOutcomeSource", () => {
  it("streams a file, without a key", async () => {
    const { text, received } = await open((response) => response.end("weights"));
    expect(await text._unsafeUnwrap()).toBe("weights");
    expect(received[0]?.headers).not.toHaveProperty("authorization");
  });

  it.each([
    [404, { type: "request-not-found" }],
    [410, { type: "request-not-found" }],
    [403, { type: "provider-refused", status: 403, detail: "status 403" }],
    [429, { type: "provider-unavailable", detail: "status 429", retryAfterSeconds: 5 }],
    [503, { type: "provider-unavailable", detail: "status 503", retryAfterSeconds: 5 }],
  ])("says what %i means", async (status, error) => {
    const { opened } = await open((response) => response.writeHead(status, { "retry-after": "5" }).end("x"));
    expect(opened).toStrictEqual(err(error));
  });

  it("follows redirects, but not to an address that is not secure, and not for ever", async () => {
    const redirectTo =
      (location: string) =>
      (response: ServerResponse, { path }: Received) =>
        path === "/moved" ? response.end("weights") : response.writeHead(302, { location }).end();
    expect(await (await open(redirectTo("/moved"))).text._unsafeUnwrap()).toBe("weights");
    expect((await open(redirectTo("http://v3.fal.media/files/a"))).opened).toStrictEqual(
      err({ type: "provider-refused", status: 302, detail: "the file is not at an https address" }),
    );
    const circle = await open(redirectTo("/files/lora.safetensors"));
    expect(circle.opened).toStrictEqual(err({ type: "provider-refused", status: 302, detail: "too many redirects" }));
    expect(circle.received).toHaveLength(6);
  });

  it("does not go to an address that is not secure", async () => {
    const file = { url: "http://v3.fal.media/files/a/lora.safetensors" };
    const error = { type: "provider-refused", status: 0, detail: "the file is not at an https address" };
    expect(await falOutcomeSource().open(file)).toStrictEqual(err(error));
  });

  it("does not go to a loopback address that is not configured", async () => {
    const { url, received } = await httpListener((response) => response.end("secret"));
    const error = {
      type: "provider-refused",
      status: 0,
      detail: "the file is at a loopback address that is not configured",
    };
    expect(await falOutcomeSource().open({ url })).toStrictEqual(err(error));
    expect(await falOutcomeSource({ hosts: { queue: "http://127.0.0.1:9" } }).open({ url })).toStrictEqual(err(error));
    expect(received).toStrictEqual([]);
  });

  it.each([
    "https://127.0.0.1/x",
    "https://localhost/x",
    "https://fal.localhost./x",
    "https://[::1]/x",
    "https://[::ffff:169.254.169.254]/x",
    "https://169.254.169.254/latest/meta-data",
    "https://10.0.0.1/x",
    "https://192.168.1.1/x",
    "https://2130706433/x",
    "https://0/x",
  ])("does not go to %s, nor follows a redirect there, also with a fetch of one's own", async (location) => {
    const error = { type: "provider-refused", status: 0, detail: "the file is not at a public address" };
    const gone: string[] = [];
    const fetch = async (url: string | URL | Request) => {
      gone.push(new Request(url).url);
      return new Response(null, { status: 302, headers: { location } });
    };
    expect(await falOutcomeSource().open({ url: location })).toStrictEqual(err(error));
    expect(await falOutcomeSource({ fetch }).open({ url: location })).toStrictEqual(err(error));
    expect(gone).toStrictEqual([]);
    expect(await falOutcomeSource({ fetch }).open({ url: "https://files.example/a" })).toStrictEqual(err(error));
    expect(gone).toStrictEqual(["https://files.example/a"]);
    const { opened } = await open((response) => response.writeHead(302, { location }).end());
    expect(opened).toStrictEqual(err(error));
  });

  it("does not follow a redirect to another loopback address, nor back to the configured one", async () => {
    const other = await httpListener((response) => response.end("secret"));
    const { opened } = await open((response) => response.writeHead(302, { location: other.url }).end());
    const detail = "the file is at a loopback address that is not configured";
    expect(opened).toStrictEqual(err({ type: "provider-refused", status: 302, detail }));
    expect(other.received).toStrictEqual([]);

    const hosts = { queue: other.url };
    const fetch = async (url: string | URL | Request) =>
      new Response(null, {
        status: 302,
        headers: {
          location: new Request(url).url.startsWith("https:") ? `${other.url}/secret` : "https://files.example/a",
        },
      });
    for (const url of ["https://files.example/a", `${other.url}/a`])
      expect(await falOutcomeSource({ fetch, hosts }).open({ url })).toStrictEqual(
        err({ type: "provider-refused", status: 302, detail }),
      );
    expect(other.received).toStrictEqual([]);
  });

  it("refuses a file for good that says it is too long, or of which the result said so", async () => {
    const tooLarge = err({ type: "file-too-large", maximum: 10 });
    const { opened } = await open((response) => response.writeHead(200, { "content-length": "11" }).end("x"), {
      maximumBytes: 10,
    });
    expect(opened).toStrictEqual(tooLarge);
    const named = { url: "https://files.example/a", bytes: 11 };
    expect(await falOutcomeSource({ maximumBytes: 10 }).open(named)).toStrictEqual(tooLarge);
  });

  it("breaks off a file that does not say so", async () => {
    const chunked = (text: string) => (response: ServerResponse) => void (response.write(text), response.end());
    expect(await (await open(chunked("0123456789"), { maximumBytes: 10 })).text._unsafeUnwrap()).toBe("0123456789");
    const longer = await open(chunked("0123456789x"), { maximumBytes: 10 });
    const thrown: unknown = await longer.text._unsafeUnwrap().catch((error: unknown) => error);
    expect(thrown).toMatchObject({
      message: "the file has more than 10 bytes",
      type: "file-too-large",
      maximum: 10,
    });
  });

  it("does not pass half a file off as a whole one", async () => {
    const { text } = await open((response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half", () => response.destroy());
    });
    await expect(text._unsafeUnwrap()).rejects.toThrow();
  });

  it("gives up earlier where the caller says so", async () => {
    const host = await httpListener((response) => void response.write("half"));
    const opened = await falOutcomeSource({ clock, hosts: { queue: host.url } }).open({ url: `${host.url}/a` }, 0.5);
    await expect(opened.map((stream) => new Response(stream).text())._unsafeUnwrap()).rejects.toThrow();
  });

  it("gives up on a host that does not answer, or does not end, in time", async () => {
    const silent = await open(() => undefined, { timeoutSeconds: 0.1 });
    expect(silent.opened).toStrictEqual(err({ type: "provider-unavailable", detail: "no answer in time" }));
    const slow = await open((response) => void response.write("half"), { timeoutSeconds: 1 });
    await expect(slow.text._unsafeUnwrap()).rejects.toThrow();
  });

  it("says when the host does not answer", async () => {
    const { opened } = await open((response) => response.destroy());
    expect(opened).toMatchObject(err({ type: "provider-unavailable" }));
  });
});
