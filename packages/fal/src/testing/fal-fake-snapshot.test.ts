import { describe, expect, it, onTestFinished } from "vitest";
import { falClientFor } from "./__fixtures__/fal-client.ts";
import { isGenuine } from "./__fixtures__/genuine.ts";
import { photoArchive } from "./__fixtures__/photo-archive.ts";
import { servedFake, trainer, type Bench } from "./__fixtures__/served-fake.ts";
import { silence } from "./__fixtures__/silence.ts";
import { falFake, type FalFake } from "./fal-fake.ts";
import type { FalFakeSnapshot } from "./fal-fake-snapshot.ts";
import { serveFalFake } from "./serve-fal-fake.ts";

const written = (fake: FalFake): string => JSON.stringify(fake.snapshot());

/** Another fake from what is written down, before it is served. */
function remembering({ clock }: Bench, text: string): FalFake {
  const snapshot: FalFakeSnapshot = JSON.parse(text);
  const fake = falFake({ clock, queueSeconds: 10, trainingSeconds: 100, snapshot });
  onTestFinished(() => fake.close());
  return fake;
}

/** The fake is gone for some seconds and comes back at another port. */
async function restarted(bench: Bench, secondsDown = 0): Promise<Pick<Bench, "fake" | "url">> {
  await bench.fake.close();
  const text = written(bench.fake);
  await bench.clock.advance(secondsDown);
  const fake = remembering(bench, text);
  const server = await serveFalFake(fake);
  onTestFinished(() => server.close());
  expect(server.url).not.toBe(bench.url);
  return { fake, url: server.url };
}

const arrived = ({ receiver }: Bench, count: number): Promise<void> =>
  expect.poll(() => receiver.received.length).toBe(count);

const weightsUrlIn = (webhook: { readonly body: Buffer } | undefined): string =>
  JSON.parse(String(webhook?.body)).payload.diffusers_lora_file.url;

const statusAt = (url: string): Promise<number> => fetch(url).then(({ status }) => status);

describe("a fal fake that goes on from a snapshot", () => {
  it("finishes a training that was under way, and announces it validly", async () => {
    const bench = await servedFake();
    const requestId = await bench.submitted("/hook?token=1");
    await bench.clock.advance(10 + 50);
    const { url } = await restarted(bench, 20);
    const fal = falClientFor(url);

    const running = await fal.queue.status(trainer, { requestId, logs: true });
    expect(running).toMatchObject({ status: "IN_PROGRESS", status_url: expect.stringContaining(url) });
    expect("logs" in running ? running.logs.at(-1)?.message : undefined).toBe("step 700/1000");
    expect(bench.receiver.received).toStrictEqual([]);

    await bench.clock.advance(30);
    await arrived(bench, 1);
    const [webhook] = bench.receiver.received;
    expect(webhook).toMatchObject({ path: "/hook?token=1", headers: { "x-fal-webhook-request-id": requestId } });
    expect(webhook && (await isGenuine(webhook, url))).toBe(true);
    const { data } = await fal.queue.result(trainer, { requestId });
    expect(weightsUrlIn(webhook)).toBe(data.diffusers_lora_file.url);
    expect(await (await fetch(data.config_file.url)).json()).toMatchObject({ steps: 1000 });
  });

  it("trains on while it is down, like fal", async () => {
    const bench = await servedFake();
    const requestId = await bench.submitted();
    await bench.clock.advance(5);
    const { url } = await restarted(bench, 55);
    await bench.clock.advance(0);
    const running = await falClientFor(url).queue.status(trainer, { requestId, logs: true });
    expect("logs" in running ? running.logs.at(-1)?.message : undefined).toBe("step 500/1000");
  });

  it("finishes at once what ended while it was down", async () => {
    const bench = await servedFake();
    const requestId = await bench.submitted();
    const { url } = await restarted(bench, 1000);
    await bench.clock.advance(0);
    await arrived(bench, 1);
    expect(await falClientFor(url).queue.status(trainer, { requestId })).toMatchObject({ status: "COMPLETED" });
    expect(new URL(weightsUrlIn(bench.receiver.received[0])).origin).toBe(url);
  });

  it("waits until it is reached, because it hands out URLs of its own", async () => {
    const bench = await servedFake();
    await bench.submitted();
    await bench.fake.close();
    const fake = remembering(bench, written(bench.fake));
    await bench.clock.advance(1000);
    expect(fake.control.accepted()).toMatchObject([{ status: "IN_QUEUE" }]);
    await fake.fetch(new Request("http://fal.test/.well-known/jwks.json"));
    await bench.clock.advance(0);
    await arrived(bench, 1);
    expect(new URL(weightsUrlIn(bench.receiver.received[0])).origin).toBe("http://fal.test");
  });

  it("has the results of what was finished, with URLs that work where it is now", async () => {
    const bench = await servedFake();
    const requestId = await bench.submitted();
    await bench.fake.control.finish(requestId);
    const before = weightsUrlIn(bench.receiver.received[0]);
    const { url } = await restarted(bench);
    const { data } = await falClientFor(url).queue.result(trainer, { requestId });
    expect(data.diffusers_lora_file.url).toBe(before.replace(bench.url, url));
    expect(await statusAt(data.diffusers_lora_file.url)).toBe(200);
    expect(bench.receiver.received).toHaveLength(1);
  });

  it("changes no other address in what it answers", async () => {
    const bench = await servedFake();
    const prompt = `like https://example.com/files/tiger/1_a.png and ${bench.url}/files/none`;
    const { request_id: requestId } = await falClientFor(bench.url).queue.submit("fal-ai/flux-lora", {
      input: { prompt },
    });
    await bench.fake.control.finish(requestId);
    const { url } = await restarted(bench);
    const { data } = await falClientFor(url).queue.result("fal-ai/flux-lora", { requestId });
    expect(data.prompt).toBe(prompt);
    expect(await statusAt(data.images[0]?.url ?? "")).toBe(200);
  });

  it("makes what it makes twice at the same place, should the snapshot be older than the end of the training", async () => {
    const bench = await servedFake();
    const requestId = await bench.submitted();
    const text = written(bench.fake);
    await bench.fake.control.finish(requestId);
    const fake = remembering(bench, text);
    fake.servedAt(bench.url);
    await fake.control.finish(requestId);
    const [before, after] = bench.receiver.received;
    expect(weightsUrlIn(after)).toBe(weightsUrlIn(before));
  });

  it("tries a webhook again that was not taken", async () => {
    const bench = await servedFake();
    bench.receiver.answers.push(503);
    const requestId = await bench.submitted();
    await bench.fake.control.finish(requestId);
    const { fake, url } = await restarted(bench);
    await bench.clock.advance(1);
    await expect.poll(() => fake.control.deliveries()).toMatchObject([{ requestId, attempt: 2, answer: 200 }]);
    const webhook = bench.receiver.received[1];
    expect(webhook && (await isGenuine(webhook, url))).toBe(true);
    expect(await statusAt(weightsUrlIn(webhook))).toBe(200);
  });

  it("tries a webhook again whose answer it did not live to see", async () => {
    const bench = await servedFake({ deliver: silence });
    const requestId = await bench.submitted();
    void bench.fake.control.finish(requestId);
    const fake = remembering(bench, written(bench.fake));
    fake.servedAt(bench.url);
    await bench.clock.advance(0);
    await expect.poll(() => fake.control.deliveries()).toMatchObject([{ requestId, attempt: 1, answer: 200 }]);
  });

  it("still holds webhooks back, and sends late ones in time", async () => {
    const bench = await servedFake();
    bench.fake.control.next({ webhook: "held" });
    const held = await bench.submitted("/held");
    bench.fake.control.next({ webhook: { late: 60 } });
    const late = await bench.submitted("/late");
    await bench.fake.control.finish(held);
    await bench.fake.control.finish(late);
    const { fake, url } = await restarted(bench, 59);
    await bench.clock.advance(0.5);
    expect(bench.receiver.received).toStrictEqual([]);
    await fake.control.release();
    await bench.clock.advance(0.5);
    await arrived(bench, 2);
    expect(bench.receiver.received.map(({ path }) => path)).toStrictEqual(["/held", "/late"]);
    expect(new URL(weightsUrlIn(bench.receiver.received[0])).origin).toBe(url);
  });

  it("trains on what was uploaded before, at the address of then, though the bytes are gone", async () => {
    const bench = await servedFake();
    const upload = (file: File): Promise<string> => falClientFor(bench.url).storage.upload(file);
    const [photos, noZip] = [await upload(await photoArchive()), await upload(new File(["x"], "x.zip"))];
    const { url } = await restarted(bench);
    const fal = falClientFor(url);
    const submit = (images_data_url: string) => fal.queue.submit(trainer, { input: { images_data_url } });
    const [good, bad] = [await submit(photos), await submit(noZip)];
    await bench.clock.advance(110);
    const { data } = await fal.queue.result(trainer, { requestId: good.request_id });
    expect(await (await fetch(data.config_file.url)).json()).toStrictEqual({ images_data_url: photos });
    const failure = fal.queue.result(trainer, { requestId: bad.request_id });
    await expect(failure).rejects.toMatchObject({ body: { detail: [{ msg: "The file is not a valid zip archive" }] } });
    expect(await statusAt(photos.replace(bench.url, url))).toBe(404);
  });

  it("behaves as it was told to before", async () => {
    const bench = await servedFake();
    const { control } = bench.fake;
    control.always({ submit: { status: 500 } });
    control.next({ submit: { status: 422 } });
    control.fault("pricing", { status: 503 });
    control.jwks("down");
    control.rotate();
    const { fake, url } = await restarted(bench);
    const submit = () => falClientFor(url).queue.submit(trainer, { input: { images_data_url: "" } });
    await expect(submit()).rejects.toMatchObject({ status: 422 });
    await expect(submit()).rejects.toMatchObject({ status: 500 });
    const headers = { authorization: "Key fake-id:fake-secret" };
    const prices = () => fetch(`${url}/v1/models/pricing`, { headers }).then(({ status }) => status);
    expect([await prices(), await prices()]).toStrictEqual([503, 200]);
    expect(await statusAt(`${url}/.well-known/jwks.json`)).toBe(503);
    expect(fake.snapshot().keys).toStrictEqual(bench.fake.snapshot().keys);
  });

  it("is written down as it was read, and what was written down stays as it is", async () => {
    const bench = await servedFake();
    bench.fake.control.next({ webhook: { late: 60 } });
    await bench.fake.control.finish(await bench.submitted());
    bench.fake.control.always({ webhook: "held" });
    const [first, second] = [await bench.submitted(), await bench.submitted()];
    await bench.fake.control.finish(first);
    const snapshot = bench.fake.snapshot();
    const text = JSON.stringify(snapshot);
    expect(JSON.parse(written(remembering(bench, text)))).toStrictEqual(JSON.parse(text));
    await bench.fake.control.finish(second);
    bench.fake.control.jwks("down");
    expect(JSON.stringify(snapshot)).toBe(text);
    const used = falFake({ clock: bench.clock, snapshot });
    onTestFinished(() => used.close());
    await used.control.finish(second);
    used.control.jwks("down");
    expect(JSON.stringify(snapshot)).toBe(text);
  });
});
