import { createFalClient } from "@fal-ai/client";
import { setupServer } from "msw/node";
import { expect, it, onTestFinished } from "vitest";
import { falFake } from "./fal-fake.ts";
import { falHandlers } from "./msw.ts";

it("makes a picture for an untouched client of a test, in a few lines", async () => {
  const fake = falFake({ queueSeconds: 0, imageSeconds: 0 });
  const server = setupServer(...falHandlers(fake));
  server.listen();
  onTestFinished(async () => {
    server.close();
    await fake.close();
  });

  const fal = createFalClient({ credentials: "fake-id:fake-secret" });
  const { data } = await fal.subscribe("fal-ai/flux-lora", { input: { prompt: "a fox", image_size: "square" } });
  const picture = await fetch(data.images[0]?.url ?? "");
  expect(picture.headers.get("content-type")).toBe("image/jpeg");
  expect(new Uint8Array(await picture.arrayBuffer()).slice(0, 3)).toStrictEqual(Uint8Array.of(0xff, 0xd8, 0xff));
});
