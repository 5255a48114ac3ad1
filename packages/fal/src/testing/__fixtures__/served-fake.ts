import { onTestFinished } from "vitest";
import type { FalFakeOptions, FalFake } from "../fal-fake.ts";
import { falFake } from "../fal-fake.ts";
import { serveFalFake } from "../serve-fal-fake.ts";
import { falClientFor } from "./fal-client.ts";
import { photoArchive } from "./photo-archive.ts";
import { receiver, type Receiver } from "./receiver.ts";
import { testClock, type TestClock } from "@likeness/testing";

export const trainer = "fal-ai/flux-lora-fast-training";

export interface Bench {
  readonly clock: TestClock;
  readonly fake: FalFake;
  readonly url: string;
  readonly receiver: Receiver;
  /** Posts a training with an uploaded archive; its webhook goes to the receiver. */
  submit(path?: string, init?: RequestInit): Promise<Response>;
  /** The same, when the answer is the usual one: the request id. */
  submitted(path?: string): Promise<string>;
}

/** A served fake with a clock of the test's own and an application to take webhooks; 10 s of queue, 100 s of training. */
export async function servedFake(options: FalFakeOptions = {}): Promise<Bench> {
  const clock = testClock();
  const fake = falFake({ clock, queueSeconds: 10, trainingSeconds: 100, ...options });
  const server = await serveFalFake(fake);
  const application = await receiver();
  const images_data_url = await falClientFor(server.url).storage.upload(await photoArchive());
  onTestFinished(async () => {
    await server.close();
    await fake.close();
    await application.close();
  });

  const submit: Bench["submit"] = (path = "/hook", init = {}) =>
    fetch(`${server.url}/${trainer}?fal_webhook=${encodeURIComponent(application.url + path)}`, {
      method: "POST",
      headers: { authorization: "Key fake-id:fake-secret", "content-type": "application/json" },
      body: JSON.stringify({ images_data_url, steps: 1000 }),
      ...init,
    });

  return {
    clock,
    fake,
    url: server.url,
    receiver: application,
    submit,
    submitted: async (path) => {
      const { request_id }: { request_id: string } = await (await submit(path)).json();
      return request_id;
    },
  };
}
