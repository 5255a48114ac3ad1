import { testClock, valueOf } from "@likeness/testing";
import { setupServer } from "msw/node";
import { expect, it, onTestFinished } from "vitest";
import { aPhotoEntry } from "../__fixtures__/archives.ts";
import { temporaryFolder } from "../__fixtures__/temporary-folder.ts";
import { aSubmittedTraining, aSubmittingTraining, preparedWith, upload } from "../__fixtures__/trainings.ts";
import { falOutcomeSource } from "../outcomes/fal-outcome-source.ts";
import { falFake } from "../testing/index.ts";
import { falHandlers } from "../testing/msw.ts";
import { falProvider } from "./fal-provider.ts";

it("falProvider speaks to fal's own host names unless told otherwise", async () => {
  const clock = testClock();
  const fake = falFake({ key: "id:secret", clock });
  const server = setupServer(...falHandlers(fake));
  const provider = falProvider({ key: "id:secret", temporaryDirectory: await temporaryFolder() });
  const outcomes = falOutcomeSource();
  // After the provider was made: it looks the global `fetch` up when it needs it.
  server.listen();
  onTestFinished(async () => {
    server.close();
    await fake.close();
  });

  const entries = [aPhotoEntry("photo_001.jpg", 1000)];
  const archiveUrl = await valueOf(upload(provider, { name: "training-1", entries }));
  const request = await valueOf(
    provider.submit({ order: aSubmittingTraining(archiveUrl, clock.now()), prepared: preparedWith(archiveUrl) }),
  );
  const { requestId } = request;
  const training = aSubmittedTraining(request);
  expect(request.statusUrl).toBe(
    `https://queue.fal.run/fal-ai/flux-lora-portrait-trainer/requests/${requestId}/status`,
  );
  await fake.control.finish(requestId);
  const result = await valueOf(provider.look(training));
  const weights = (result.type === "succeeded" && result.outcome["weights"]) || { url: "" };
  const stream = await valueOf(outcomes.open(weights));
  expect((await new Response(stream).arrayBuffer()).byteLength).toBe(weights.bytes);

  const hosts = fake.requests.map(({ host, authorization }) => [host, authorization]);
  expect(hosts).toStrictEqual([
    ["rest.fal.ai", true],
    [expect.stringMatching(/^(rest\.fal\.ai|v3\.fal\.media)$/), false],
    ["queue.fal.run", true],
    ["queue.fal.run", true],
    ["queue.fal.run", true],
    ["v3.fal.media", false],
  ]);
});
