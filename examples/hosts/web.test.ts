import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { orThrow } from "@likeness/core";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { recordingEvents, recordingLog } from "@likeness/testing";
import { serve } from "@hono/node-server";
import { expect, it, onTestFinished, vi } from "vitest";
import { browser } from "./__fixtures__/browser.ts";
import { account, openPorts, webhookSecret } from "./__fixtures__/open-ports.ts";
import { openProxy } from "./__fixtures__/open-proxy.ts";
import { openWorld } from "./__fixtures__/open-world.ts";
import { ownerOf } from "./__fixtures__/owner-of.ts";
import { webHost, type WebHostOptions } from "./web.ts";

const waiting = { timeout: 120_000, interval: 50 };

/** A host in this process, behind a proxy that strips a prefix and changes the scheme. fal reaches it through that. */
async function open(changed: Pick<WebHostOptions, "log"> = {}) {
  const world = await openWorld();
  const proxy = await openProxy("/likeness");
  const { ports, close } = await openPorts(world, proxy.url);
  const { app, likeness } = webHost({ ...ports, ...changed, ownerOf });
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await once(server, "listening");
  proxy.ports.push((server.address() as AddressInfo).port);
  await orThrow(likeness.start());
  onTestFinished(async () => {
    await orThrow(likeness.stop({ graceMs: 1_000 }));
    server.close();
    await close();
  });
  return { ...world, likeness, proxy, ada: browser(proxy.url, "ada"), eve: browser(proxy.url, "eve") };
}

it("trains and draws for a person who follows the events, by webhooks through a proxy", async () => {
  const { ada, proxy, fal } = await open();
  const page = await ada.opens();
  const avatarId = await ada.draft();
  await ada.made(`/avatars/${avatarId}/training`);
  const seen = (kind: string) =>
    page.events.flatMap(({ event, data }) => (event === "order" && data["orderKind"] === kind ? [data["status"]] : []));
  const told = () => page.events.flatMap(({ event, data }) => (event === "message" ? [data["template"]] : []));
  await vi.waitFor(() => expect(told()).toStrictEqual(["training-ready"]), waiting);
  expect(seen("training")).toStrictEqual(["requested", "submitting", "submitted", "succeeded"]);
  const pressed = () => ada.ask("POST", `/avatars/${avatarId}/pictures/cafe`, undefined, "one press");
  const [pressedOnce, doubleClick] = await Promise.all([pressed(), pressed()]);
  const pictureId = pressedOnce.id ?? "";
  expect(doubleClick).toStrictEqual({ status: 200, id: pictureId });
  await vi.waitFor(() => expect(told()).toStrictEqual(["training-ready", "images-done"]), waiting);
  expect(await pressed()).toStrictEqual(doubleClick);
  const paid = fal.requests.filter(({ method, path }) => method === "POST" && /trainer|flux-lora/.test(path));
  expect(paid).toHaveLength(2);
  expect(seen("image").at(-1)).toBe("succeeded");
  const picture = await ada.file(`/pictures/${pictureId}`);
  expect([picture.status, picture.headers.get("content-type")]).toStrictEqual([200, "image/jpeg"]);
  expect(Buffer.from(await picture.arrayBuffer()).includes("trainedAlgorithmicMedia")).toBe(true);
  expect(proxy.passed.filter((path) => path.endsWith("/likeness/api/v1/avatar/status_update"))).toHaveLength(2);
  await page.close();
});

it("is 60 lines, beside two helpers that are no longer together", () => {
  const linesOf = (file: string) =>
    readFileSync(new URL(file, import.meta.url), "utf8")
      .trimEnd()
      .split("\n").length;
  expect(linesOf("./web.ts")).toBeLessThanOrEqual(60);
  expect(linesOf("./answer.ts") + linesOf("./open-pages.ts")).toBeLessThanOrEqual(60);
});

it("tells what a person missed when they open the page again", async () => {
  const { ada } = await open();
  const avatarId = await ada.draft();
  await ada.made(`/avatars/${avatarId}/training`);
  await vi.waitFor(() => ada.made(`/avatars/${avatarId}/pictures/cafe`), waiting);
  const page = await ada.opens();
  const told = () => page.events.flatMap(({ event, data }) => (event === "message" ? [data["template"]] : []));
  await vi.waitFor(() => expect(told()).toContain("training-ready"), waiting);
  await page.close();
});

it("answers what cannot be done with a status, a reason, and nothing else", async () => {
  const { ada, eve, proxy } = await open();
  const avatarId = await ada.draft([1]);
  const text = new TextEncoder().encode("no picture");
  const rejected = await ada.ask("POST", `/avatars/${avatarId}/photos`, text);
  expect(rejected).toMatchObject({ status: 422, error: "photo-rejected", rejection: { code: expect.any(String) } });
  expect(await ada.ask("POST", `/avatars/${avatarId}/training`)).toStrictEqual({ status: 409, error: "not-ready" });
  expect(await ada.ask("POST", `/avatars/${avatarId}/pictures/nowhere`)).toStrictEqual({
    status: 422,
    error: "unknown-scene",
  });
  const unnamed = await ada.ask("POST", `/avatars/${avatarId}/pictures/cafe`, undefined, "");
  expect(unnamed).toStrictEqual({ status: 400, error: "idempotency-key-missing" });
  for (const path of [`/avatars/${avatarId}/training`, `/avatars/${avatarId}/photos`])
    expect(await eve.ask("POST", path, text)).toStrictEqual({ status: 404, error: "avatar-not-found" });
  expect(await eve.ask("GET", "/pictures/1")).toStrictEqual({ status: 404, error: "picture-not-found" });
  expect((await fetch(`${proxy.url}/events`)).status).toBe(401);
  const large = await fetch(`${proxy.url}/avatars/${avatarId}/photos`, {
    method: "POST",
    headers: { authorization: "Bearer ada" },
    body: new Uint8Array(21 << 20),
  });
  expect(large.status).toBe(413);
});

it("writes neither keys nor tokens nor prompts nor where files are, into events and the log, whatever goes wrong", async () => {
  const [log, events] = [recordingLog(), recordingEvents()];
  onTestFinished(events.stop);
  const { ada, fal, likeness } = await open({ log });
  const { store } = likeness.ports;
  fal.control.next({ submit: "drop-after-accepting" });
  const avatarId = await ada.draft();
  await ada.made(`/avatars/${avatarId}/training`);
  const ordersOf = async () => orThrow(await store.orders.listByAvatar(avatarId));
  const ended = async (count: number): Promise<void> => {
    const areOver = async () => {
      const orders = await ordersOf();
      expect(
        orders.filter(({ state, nextCheckAt }) => "finishedAt" in state && nextCheckAt === undefined),
      ).toHaveLength(count);
    };
    await vi.waitFor(areOver, waiting);
  };
  await ended(1);
  for (const [index, behaviour] of [{ outcome: "error" }, { picture: "flagged" }, {}].entries()) {
    fal.control.next(behaviour as Parameters<typeof fal.control.next>[0]);
    await vi.waitFor(() => ada.made(`/avatars/${avatarId}/pictures/cafe`), waiting);
    await ended(index + 2);
  }
  const orders = await ordersOf();
  const [accepted] = fal.control.accepted();
  expect(await fal.control.forge(accepted?.requestId ?? "", "bad-signature")).toBe(401);
  orThrow(await likeness.owners.erase({ actor: "web:ada" }));

  const addresses = fal.requests.flatMap(({ query }) => query["fal_webhook"] ?? []);
  const tokens = addresses.flatMap((address) => new URL(address).searchParams.get("token") ?? []);
  const prompts = orders
    .flatMap(({ snapshot: { input } }) => [input["prompt"], input["trigger_phrase"], input["trigger_word"]])
    .filter((words) => typeof words === "string");
  const secrets = [account.key, ...account.key.split(":"), webhookSecret, "://", "token=", ...tokens, ...prompts];
  expect([tokens.length, prompts.length]).toStrictEqual([4, 4]);
  const written = [...events.lines(), ...log.entries.map((line) => JSON.stringify(line))];
  expect(written.length).toBeGreaterThan(50);
  expect(written.filter((line) => secrets.some((secret) => secret.length > 2 && line.includes(secret)))).toStrictEqual(
    [],
  );
});

it("is two hosts on one database, of which one is killed: nothing is paid twice and nothing is lost", async () => {
  const { folder, falUrl, fal } = await openWorld();
  const proxy = await openProxy("/likeness");
  const program = fileURLToPath(new URL("./__fixtures__/run-web-host.ts", import.meta.url));
  const start = async () => {
    const host = runProgram(program, { parameters: [folder, falUrl, proxy.url], onTestFinished });
    const [, port] = await host.said(/listening (\d+)/);
    return { ...host, port: Number(port) };
  };
  const [one, other] = [await start(), await start()];
  proxy.ports.push(one.port, other.port);
  const ada = browser(proxy.url, "ada");
  const avatarId = await ada.draft();
  const [first, second] = await Promise.all([1, 2].map(() => ada.ask("POST", `/avatars/${avatarId}/training`)));
  expect([first?.error, second?.error].filter(Boolean)).toStrictEqual(["training-active"]);
  const trainings = () => fal.requests.filter(({ method, path }) => method === "POST" && path.includes("trainer"));
  await vi.waitFor(() => expect(trainings()).toHaveLength(1), waiting);
  proxy.ports.shift();
  await one.end("SIGKILL");
  const pictureId = await vi.waitFor(() => ada.made(`/avatars/${avatarId}/pictures/cafe`), waiting);
  await vi.waitFor(async () => expect((await ada.file(`/pictures/${pictureId}`)).status).toBe(200), waiting);
  expect(trainings()).toHaveLength(1);
});
