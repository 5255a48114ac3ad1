import { tracingChannel } from "node:diagnostics_channel";
import type { OrderChanged } from "@likeness/core";
import { recordingLog } from "@likeness/testing";
import { expect, it, onTestFinished } from "vitest";
import { logHints } from "./log-hints.ts";

it("tells the command for a late result and for files that are not copied, and no other line", () => {
  const log = recordingLog();
  onTestFinished(logHints(log));
  const ids = { orderId: "O", avatarId: "A", ownerId: "telegram:42", orderKind: "training" };
  const events: OrderChanged[] = [
    { ...ids, before: "submitted", status: "failed", reason: "provider_timeout" },
    { ...ids, before: "failed", status: "failed", note: "late-result" },
    { ...ids, orderKind: "image", before: "failed", status: "failed", note: "late-result" },
    { ...ids, before: "succeeded", status: "succeeded", note: "not-copied" },
  ];
  for (const event of events) tracingChannel<unknown, object>("likeness:order").traceSync(() => undefined, event);
  expect(log.entries.map(({ message, fields }) => [message, fields])).toStrictEqual([
    ["a late result is kept", { orderId: "O", avatarId: "A", adopt: "npm run adopt -- O" }],
    ["a late result is kept", { orderId: "O", avatarId: "A" }],
    ["an outcome is not copied", { orderId: "O", avatarId: "A", copy: "npm run copy -- O" }],
  ]);
});
