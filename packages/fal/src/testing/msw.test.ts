import { createFalClient } from "@fal-ai/client";
import { setupServer } from "msw/node";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { photoArchive } from "./__fixtures__/photo-archive.ts";
import { receiver } from "./__fixtures__/receiver.ts";
import { falFake } from "./fal-fake.ts";
import { falHandlers } from "./msw.ts";

const trainer = "fal-ai/flux-lora-portrait-trainer";

describe("falHandlers", () => {
  it("put the fake where fal is: an untouched client trains, and a webhook comes", async () => {
    const fake = falFake({ queueSeconds: 0, trainingSeconds: 0 });
    const server = setupServer(...falHandlers(fake));
    server.listen({ onUnhandledFrame: "bypass" });
    const application = await receiver();
    onTestFinished(async () => {
      server.close();
      await fake.close();
      await application.close();
    });

    const fal = createFalClient({ credentials: "fake-id:fake-secret" });
    const images_data_url = await fal.storage.upload(await photoArchive());
    expect(images_data_url).toMatch(/^https:\/\/v3\.fal\.media\/files\/.*\.zip$/);
    const submitted = await fal.queue.submit(trainer, { input: { images_data_url }, webhookUrl: application.url });
    const requestId = submitted.request_id;
    expect(submitted.status_url).toBe(`https://queue.fal.run/${trainer}/requests/${requestId}/status`);

    await vi.waitFor(() => expect(application.received).toHaveLength(1));
    const { data } = await fal.queue.result(trainer, { requestId });
    expect(data.diffusers_lora_file.url).toMatch(/^https:\/\/v3\.fal\.media\/files\//);
    expect((await fetch(data.diffusers_lora_file.url)).status).toBe(200);
    expect((await fetch("https://rest.fal.ai/.well-known/jwks.json")).status).toBe(200);
    const history = `https://api.fal.ai/v1/models/requests/by-endpoint?endpoint_id=${trainer}`;
    const listed = await fetch(history, { headers: { authorization: "Key fake-id:fake-secret" } });
    expect(await listed.json()).toMatchObject({ items: [{ request_id: requestId }] });
  });

  it("reset the connection where the fake does", async () => {
    const fake = falFake();
    const server = setupServer(...falHandlers(fake));
    server.listen();
    onTestFinished(async () => {
      server.close();
      await fake.close();
    });
    fake.control.fault("jwks", "drop");
    await expect(fetch("https://rest.fal.ai/.well-known/jwks.json")).rejects.toThrow(TypeError);
  });
});
