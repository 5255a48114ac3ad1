import { createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { testClock } from "@likeness/testing";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { httpListener, sendJson } from "../__fixtures__/http-listener.ts";
import { aSigningKey, keyHost } from "../__fixtures__/key-host.ts";
import { falKeySet } from "./fal-key-set.ts";

const [old, current, stranger] = [aSigningKey(), aSigningKey(), aSigningKey()];
const hours = 3600;
const unavailable = err({ type: "keys-unavailable", detail: "no key set of fal could be fetched" });

const { x } = createPublicKey(current).export({ format: "jwk" });
const currentJwk = { kty: "OKP", crv: "Ed25519", x };

const signedBy = (signer: KeyObject) => {
  const message = Buffer.from("message");
  const signature = sign(null, message, signer);
  return (key: KeyObject) => verify(null, message, key, signature);
};

/** A key set with one host and a clock of its own. */
async function setup(published: Parameters<typeof keyHost>[0]) {
  const clock = testClock();
  const host = await keyHost(published);
  return { clock, host, keys: falKeySet({ urls: [host.url], clock }) };
}

describe("falKeySet", () => {
  it("asks for the keys once and tries all of them", async () => {
    const { host, keys } = await setup([old, current]);
    expect(await keys.accepts(signedBy(current))).toStrictEqual(ok(true));
    expect(await keys.accepts(signedBy(old))).toStrictEqual(ok(true));
    expect(await keys.accepts(signedBy(stranger))).toStrictEqual(ok(false));
    expect(host.asked()).toBe(1);
  });

  it("asks once for deliveries that come together", async () => {
    const { host, keys } = await setup([current]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => keys.accepts(signedBy(current))));
    expect(new Set(answers.map((answer) => answer._unsafeUnwrap()))).toStrictEqual(new Set([true]));
    expect(host.asked()).toBe(1);
  });

  it("asks one at a time, also when the clock moves on while it waits", async () => {
    const clock = testClock();
    let answer = (): void => undefined;
    const host = await httpListener((response) => {
      answer = () => sendJson(response, 200, { keys: [currentJwk] });
    });
    const keys = falKeySet({ urls: [host.url], clock });
    const first = keys.accepts(signedBy(current));
    await expect.poll(() => host.received.length, { timeout: 10_000 }).toBe(1);
    await clock.advance(60);
    const second = keys.accepts(signedBy(current));
    answer();
    expect([await first, await second]).toStrictEqual([ok(true), ok(true)]);
    expect(host.received).toHaveLength(1);
  });

  it("asks again for a key it does not know, but not twice in a minute", async () => {
    const { clock, host, keys } = await setup([old]);
    await keys.accepts(signedBy(old));
    host.publish([current]);
    await clock.advance(59);
    expect(await keys.accepts(signedBy(current))).toStrictEqual(ok(false));
    expect(host.asked()).toBe(1);
    await clock.advance(1);
    expect(await keys.accepts(signedBy(current))).toStrictEqual(ok(true));
    expect(host.asked()).toBe(2);
    await Promise.all(Array.from({ length: 20 }, () => keys.accepts(signedBy(stranger))));
    expect(host.asked()).toBe(2);
  });

  it("no longer takes a key that was withdrawn", async () => {
    const { clock, host, keys } = await setup([old]);
    await keys.accepts(signedBy(old));
    host.publish([current]);
    await clock.advance(24 * hours);
    expect(await keys.accepts(signedBy(old))).toStrictEqual(ok(false));
    expect(await keys.accepts(signedBy(current))).toStrictEqual(ok(true));
  });

  it("renews its keys aside before they are a day old", async () => {
    const { clock, host, keys } = await setup([current]);
    await keys.accepts(signedBy(current));
    await clock.advance(12 * hours - 1);
    await keys.accepts(signedBy(current));
    expect(host.asked()).toBe(1);
    await clock.advance(1);
    host.publish([current, old]);
    expect(await keys.accepts(signedBy(current))).toStrictEqual(ok(true));
    await expect.poll(host.asked, { timeout: 10_000 }).toBe(2);
    await expect.poll(async () => (await keys.accepts(signedBy(old)))._unsafeUnwrap(), { timeout: 10_000 }).toBe(true);
    expect(host.asked()).toBe(2);
  });

  it("goes on with the keys it has while the host is down, for days", async () => {
    const { clock, host, keys } = await setup([current]);
    await keys.accepts(signedBy(current));
    host.publish("down");
    for (let day = 0; day < 3; day++) {
      await clock.advance(24 * hours);
      expect(await keys.accepts(signedBy(current))).toStrictEqual(ok(true));
      expect(await keys.accepts(signedBy(current))).toStrictEqual(ok(true));
      expect(host.asked()).toBe(2 + day);
    }
  });

  it("cannot tell about an unknown key while the host is down, until it answers again", async () => {
    const { clock, host, keys } = await setup([old]);
    await keys.accepts(signedBy(old));
    host.publish("down");
    await clock.advance(60);
    expect(await keys.accepts(signedBy(current))).toStrictEqual(unavailable);
    // Not asked again, but nothing is known since then.
    expect(await keys.accepts(signedBy(current))).toStrictEqual(unavailable);
    expect(host.asked()).toBe(2);
    host.publish([current]);
    await clock.advance(60);
    expect(await keys.accepts(signedBy(current))).toStrictEqual(ok(true));
  });

  it("cannot tell anything without a key, and asks every ten seconds at most", async () => {
    const { clock, host, keys } = await setup("down");
    expect(await keys.accepts(signedBy(current))).toStrictEqual(unavailable);
    await clock.advance(9);
    expect(await keys.accepts(signedBy(current))).toStrictEqual(unavailable);
    expect(host.asked()).toBe(1);
    host.publish([current]);
    await clock.advance(1);
    expect(await keys.accepts(signedBy(current))).toStrictEqual(ok(true));
  });

  it("is not confused by a clock that was set back", async () => {
    const { clock, host, keys } = await setup([old]);
    await keys.accepts(signedBy(old));
    host.publish([current]);
    await clock.set("2020-01-01T00:00:00.000Z");
    expect(await keys.accepts(signedBy(current))).toStrictEqual(ok(true));
  });

  it("joins the keys of several hosts, of which one is enough", async () => {
    const clock = testClock();
    const hosts = [await keyHost([old]), await keyHost([current]), await keyHost("down")] as const;
    const keys = falKeySet({ urls: hosts.map(({ url }) => url), clock });
    expect(await keys.accepts(signedBy(old))).toStrictEqual(ok(true));
    expect(await keys.accepts(signedBy(current))).toStrictEqual(ok(true));
    expect(await keys.accepts(signedBy(stranger))).toStrictEqual(ok(false));

    // A host that goes down later does not take its keys along.
    hosts[0].publish("down");
    await clock.advance(24 * hours);
    expect(await keys.accepts(signedBy(old))).toStrictEqual(ok(true));
  });

  it.each([
    ["no JSON", "<html>"],
    ["no keys", JSON.stringify({ keys: [] })],
    ["another kind of key", JSON.stringify({ keys: [{ kty: "RSA", n: "x", e: "AQAB" }] })],
    ["a key of another curve", JSON.stringify({ keys: [{ ...currentJwk, crv: "X25519" }] })],
    ["more than 100 keys", JSON.stringify({ keys: Array.from({ length: 101 }, () => currentJwk) })],
    ["a key that is too short", JSON.stringify({ keys: [{ kty: "OKP", crv: "Ed25519", x: "AAAA" }] })],
    ["megabytes", `{"keys":[],"padding":"${"x".repeat(1024 * 1024)}"}`],
  ])("takes a set with %s for none", async (_name, body) => {
    const host = await httpListener((response) => response.end(body));
    expect(await falKeySet({ urls: [host.url] }).accepts(signedBy(current))).toStrictEqual(unavailable);
  });

  it("does not follow a redirect to the keys of another host", async () => {
    const evil = await keyHost([stranger]);
    const host = await httpListener((response) => response.writeHead(302, { location: evil.url }).end());
    expect(await falKeySet({ urls: [host.url] }).accepts(signedBy(stranger))).toStrictEqual(unavailable);
    expect(evil.asked()).toBe(0);
  });

  it("reads the usable keys among others, padded ones too", async () => {
    const keys = [null, { kty: "RSA" }, { ...currentJwk, x: `${x}=` }];
    const host = await httpListener((response) => sendJson(response, 200, { keys }));
    expect(await falKeySet({ urls: [host.url] }).accepts(signedBy(current))).toStrictEqual(ok(true));
  });

  it("throws over a host without TLS", () => {
    expect(() => falKeySet({ urls: ["http://rest.fal.ai/.well-known/jwks.json"] })).toThrow(
      "keySets must be an https URL",
    );
  });
});
