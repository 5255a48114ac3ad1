import { expect, it } from "vitest";
import { expectHealed, openScene, until } from "./scene.ts";

it("W8: takes 500 webhooks at once, every one with 200, and has read them all soon", { timeout: 60_000 }, async () => {
  const scene = await openScene();
  const host = await scene.host();
  scene.fal.control.next({ outcome: "never" });
  const { id } = await host.ordered();
  await until(async () => (await host.training(id)).state.status === "submitted");
  const requestId = scene.fal.control.accepted()[0]?.requestId ?? "";

  const answers = await Promise.all(
    Array.from({ length: 500 }, (_, number) =>
      scene.fal.control.send(requestId, { request_id: requestId, status: "IN_PROGRESS", number }),
    ),
  );
  expect(answers).toStrictEqual(Array(500).fill(200));
  const rows = () =>
    host.database.prepare("select count(*) as stored, count(outcome) as settled from webhook_inbox").get();
  await until(() => JSON.stringify(rows()) === JSON.stringify({ stored: 500, settled: 500 }));

  await scene.fal.control.finish(requestId);
  await expectHealed(scene, host, id, "succeeded");
});
