import { createHash, randomUUID } from "node:crypto";
import { createLikeness, webhookAddress, type Timestamp } from "@likeness/core";
import { err } from "neverthrow";
import { describe, expect, it } from "vitest";
import { testPorts } from "../fakes/test-ports.ts";

/** As the core names them: when it was made, and how long its body is. */
const echoName = (at: Timestamp, bytes: number): string =>
  `${Math.floor(Date.parse(at) / 1_000)}.${randomUUID()}.${bytes}`;

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const secrets = ["a secret of at least thirty-two bytes", "an older secret of thirty-two bytes"];
const publicUrl = "https://bot.example/base";
const notFound = { error: "webhook-not-found" };

function stage() {
  const address = webhookAddress({ publicUrl, secrets });
  const { echoes } = address;
  if (!echoes) throw new Error("there are no echoes");
  const own = testPorts();
  const { receiver, storage } = own;
  const ports = { ...own.ports, webhooks: { receiver, address } };
  const { handle } = createLikeness(ports).webhooks;
  const send = async (url: string, body: Uint8Array<ArrayBuffer> | string = "hello") => {
    const response = await handle(new Request(url, { method: "POST", body }));
    return { status: response.status, answer: (await response.json()) as Record<string, string> };
  };
  return { echoes, send, storage, clock: own.clock, log: own.log };
}

describe("an echo", () => {
  it("is answered with a proof over what has arrived, and nothing of it is stored", async () => {
    const { echoes, send, storage, clock, log } = stage();
    const echo = echoName(clock.now(), 5);
    const { status, answer } = await send(await echoes.urlFor(echo));
    expect(status).toBe(200);
    const proof = answer["echo"] ?? "";
    expect(await echoes.isAnswerTo(echo, sha256("hello"), proof)).toBe(true);
    expect(await echoes.isAnswerTo(echo, sha256("hell"), proof)).toBe(false);
    expect(await echoes.isAnswerTo(echoName(clock.now(), 5), sha256("hello"), proof)).toBe(false);
    expect((await storage.store.inbox.unsettledBefore("9999", 10))._unsafeUnwrap()).toStrictEqual([]);
    expect(log.entries).toStrictEqual([]);
  });

  it("is read no further than its name allows, whoever repeats its address", async () => {
    const { echoes, send, clock } = stage();
    const url = await echoes.urlFor(echoName(clock.now(), 5));
    expect(await send(url, "longer")).toStrictEqual({ status: 413, answer: { error: "body-too-large" } });
    const long = await echoes.urlFor(echoName(clock.now(), 99_000_000));
    expect((await send(long, new Uint8Array(1_048_577))).status).toBe(413);
  });

  it("is an unknown address when it is stale, from the future, of another secret, or made up", async () => {
    const { echoes, send, clock } = stage();
    const fresh = echoName(clock.now(), 5);
    const other = webhookAddress({ publicUrl, secrets: ["another secret of at least 32 bytes"] }).echoes;
    const token = new URL(await echoes.urlFor(fresh)).searchParams.get("token") ?? "";
    const urls = [
      await echoes.urlFor(echoName("2026-11-23T05:54:59.000Z", 5)),
      await echoes.urlFor(echoName("2026-11-23T06:05:01.000Z", 5)),
      (await other?.urlFor(fresh)) ?? "",
      `${publicUrl}/?echo=${fresh.replace(/5$/, "9999999")}&token=${token}`,
      `${publicUrl}/?echo=${fresh}`,
      `${publicUrl}/?echo=${fresh}&echo=${fresh}&token=${token}`,
      `${publicUrl}/?echo=&token=${token}`,
    ];
    for (const url of urls) expect(await send(url), url).toStrictEqual({ status: 404, answer: notFound });
  });

  it("has a token that opens no order, and no order's opens it", async () => {
    const address = webhookAddress({ publicUrl, secrets });
    const echo = echoName("2026-11-23T06:00:00.000Z", 5);
    const tokenOf = (url = "") => new URL(url).searchParams.get("token") ?? "";
    expect(await address.accepts(echo, tokenOf(await address.echoes?.urlFor(echo)))).toBe(false);
    expect(await address.echoes?.accepts(echo, tokenOf(await address.urlFor(echo)))).toBe(false);
    const { clock, ports } = testPorts();
    const likeness = createLikeness({ ...ports, clock, webhooks: ports.webhooks });
    expect(await likeness.webhooks.admitEcho({ echo, token: "x" })).toStrictEqual(err({ type: "webhook-not-found" }));
  });

  it("passes while a secret is being changed", async () => {
    const former = webhookAddress({ publicUrl, secrets: secrets.slice(1) }).echoes;
    const { send, clock, echoes } = stage();
    const echo = echoName(clock.now(), 5);
    const { answer } = await send((await former?.urlFor(echo)) ?? "");
    expect(await echoes.isAnswerTo(echo, sha256("hello"), answer["echo"] ?? "")).toBe(true);
  });
});
