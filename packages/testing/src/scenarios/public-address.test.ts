import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import {
  createLikeness,
  orThrow,
  systemClock,
  toNodeListener,
  webhookAddress,
  type Clock,
  type Finding,
  type Network,
  type WebhookReceiver,
} from "@likeness/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { testPorts } from "../fakes/test-ports.ts";
import { aCertificate } from "./__fixtures__/a-certificate.ts";

const secrets = ["a secret of at least thirty-two bytes"];
const aPublicAddress = async () => ["93.184.216.34"];

async function served(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const hurried: Clock = { ...systemClock, after: (milliseconds, call) => systemClock.after(milliseconds / 10, call) };

interface CheckedAt {
  readonly publicUrl: string;
  readonly network?: Network | undefined;
  readonly maxBytes?: WebhookReceiver["maxBytes"];
}

/** What the check finds, with timers of the clock ten times as fast. */
async function foundWith({ publicUrl, network, maxBytes }: CheckedAt): Promise<Finding | undefined> {
  const { ports, receiver } = testPorts({
    clock: hurried,
  });
  const webhooks = { receiver: { ...receiver, maxBytes }, address: webhookAddress({ publicUrl, secrets }) };
  const { findings } = await orThrow(createLikeness({ ...ports, webhooks, network }).operator.check());
  return findings.find(({ check }) => check === "public address");
}

/** What the check finds at `http://bot.example`, where this listener serves. */
async function foundAt(
  listener: RequestListener,
  { path = "", maxBytes, addressesOf = aPublicAddress, addressesHere }: FoundOptions = {},
): Promise<Finding | undefined> {
  const port = await served(createServer(listener));
  const network: Network = {
    fetch: (url, init) => fetch(url.replace("bot.example", "127.0.0.1"), init),
    addressesOf,
    addressesHere,
  };
  return foundWith({ publicUrl: `http://bot.example:${port}${path}`, network, maxBytes });
}

interface FoundOptions {
  readonly path?: string;
  readonly maxBytes?: WebhookReceiver["maxBytes"];
  readonly addressesOf?: Network["addressesOf"];
  readonly addressesHere?: Network["addressesHere"];
}

/** A Likeness with these secrets. */
function endpoint(of: readonly string[] = secrets, maxBytes?: number): RequestListener {
  const { ports, receiver } = testPorts({ clock: systemClock });
  const address = webhookAddress({ publicUrl: "https://bot.example", secrets: of });
  const likeness = createLikeness({ ...ports, webhooks: { receiver: { ...receiver, maxBytes }, address } });
  return toNodeListener(likeness.webhooks.handle);
}

const answering =
  (status: number, headers: Record<string, string> = {}, body = ""): RequestListener =>
  (request, response) => {
    request.resume().on("end", () => response.writeHead(status, headers).end(body));
  };

describe("the check of the public address", () => {
  it("is well when the request comes back through the real endpoint, also as long as the longest webhook", async () => {
    expect(await foundAt(endpoint())).toMatchObject({ verdict: "ok", what: expect.stringContaining("(1 MiB)") });
    const maxBytes = 8 * 1_048_576;
    expect(await foundAt(endpoint(secrets, maxBytes), { maxBytes })).toMatchObject({
      verdict: "ok",
      what: expect.stringContaining("(8 MiB)"),
    });
  });

  it.each<[string, RequestListener, RegExp]>([
    [
      "a redirect to another host",
      answering(301, { location: "https://www.bot.example/" }),
      /redirects to www.bot.example/,
    ],
    ["a redirect to https", answering(308, { location: "https://bot.example:1/" }), /redirects to bot.example:1/],
    ["a redirect without a place", answering(302), /redirects to elsewhere/],
    ["a redirect to a login", answering(302, { location: "https://sso.example/login?x" }), /leads to a login/],
    ["a login wall", answering(401, { "www-authenticate": "Basic" }), /asks for a login \(401\)/],
    ["a page with a login", answering(200, {}, '<form><input type="password"></form>'), /page with a login/],
    ["a wrong path", answering(404, {}, "<h1>Not Found</h1>"), /path is not there \(404\)/],
    ["a proxy with nobody behind it", answering(502, {}, "Bad Gateway"), /answers 502: it does not reach the bot/],
    ["another program", answering(200, {}, "<h1>Welcome to nginx!</h1>"), /another program answers there \(200\)/],
    ["another program with JSON", answering(200, {}, '{"echo":"x"}'), /another program answers/],
    ["another Likeness", endpoint(["another secret of at least 32 bytes!"]), /does not know our signature/],
    ["a connection that is cut", (request) => void request.socket.destroy(), /closed before an answer/],
  ])("finds %s", async (_name, listener, what) => {
    const finding = await foundAt(listener);
    expect(finding).toMatchObject({ verdict: "broken", what: expect.stringMatching(what) });
    expect(finding?.whatToDo).not.toBe("");
  });

  it("finds a limit of bodies, which only the longest webhooks exceed", async () => {
    const through = endpoint();
    const limited: RequestListener = (request, response) =>
      Number(request.headers["content-length"]) > 100_000
        ? answering(413)(request, response)
        : through(request, response);
    expect(await foundAt(limited)).toMatchObject({
      verdict: "broken",
      what: expect.stringMatching(/a webhook of 1 MiB does not come through: .*\(413\)/),
      whatToDo: expect.stringContaining("client_max_body_size"),
    });
  });

  it.each<[string, () => Promise<readonly string[]>, RegExp]>([
    ["a private address", async () => ["10.1.2.3", "fd00::1"], /only private addresses \(10.1.2.3, fd00::1\)/],
    ["no address", async () => Promise.reject(new Error("ENOTFOUND")), /there is no host bot.example/],
  ])("finds a host with %s, and sends nothing", async (_name, addressesOf, what) => {
    let asked = 0;
    const finding = await foundAt((_request, response) => void ((asked += 1), response.end()), { addressesOf });
    expect([finding, asked]).toMatchObject([{ verdict: "broken", what: expect.stringMatching(what) }, 0]);
  });

  it("only warns where this machine alone resolves the host to itself, and sends the request anyway", async () => {
    const addressesHere = async () => ["127.0.1.1", "::1"];
    expect(await foundAt(endpoint(), { addressesHere })).toMatchObject({
      verdict: "warning",
      what: expect.stringMatching(/^as seen from this machine, where bot.example is 127.0.1.1: .* leads here/),
      whatToDo: expect.stringContaining("/etc/hosts"),
    });
    expect(await foundAt(answering(404), { addressesHere })).toMatchObject({
      verdict: "warning",
      what: expect.stringMatching(/^as seen from this machine, .*: the path is not there/),
    });
    const notHere = async () => Promise.reject(new Error("EAI_AGAIN"));
    expect(await foundAt(endpoint(), { addressesHere: notHere })).toMatchObject({ verdict: "ok" });
    expect(await foundAt(endpoint(), { addressesHere: aPublicAddress })).toMatchObject({ verdict: "ok" });
  });

  it("finds that nothing listens, that TLS is not spoken, and a certificate that nobody trusts", async () => {
    const network = { fetch: (url: string, init: RequestInit) => fetch(url, init), addressesOf: aPublicAddress };
    const at = async (publicUrl: string) => (await foundWith({ publicUrl, network }))?.what;
    const closed = createServer();
    const port = await served(closed);
    closed.close();
    expect(await at(`http://localhost:${port}`)).toBe("nothing listens there");
    expect(await at(`https://localhost:${await served(createServer())}`)).toBe("it does not speak TLS");
    expect(await at(`https://localhost:${await served(createSecureServer(aCertificate))}`)).toBe(
      "its certificate is self-signed",
    );
  });

  it("repeats nothing of what a stranger answers", async () => {
    const words = "\u001b[31mhostile <script>";
    const finding = await foundAt(answering(418, { location: words.slice(5) }, words));
    expect(JSON.stringify(finding)).not.toContain("hostile");
  });

  it("ends in its time while nobody answers", async () => {
    expect(await foundAt(() => undefined)).toMatchObject({
      verdict: "broken",
      what: expect.stringContaining("does not answer within"),
    });
  });

  it("is skipped without a network or echoes", async () => {
    expect(await foundWith({ publicUrl: "https://bot.example" })).toMatchObject({ verdict: "skipped" });
    const { ports } = testPorts();
    const { findings } = await orThrow(createLikeness(ports).operator.check());
    expect(findings).toContainEqual(expect.objectContaining({ check: "public address", verdict: "skipped" }));
  });
});
