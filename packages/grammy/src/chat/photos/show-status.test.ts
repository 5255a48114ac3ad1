import { addSeconds, type JobOutcome } from "@likeness/core";
import { photoBytes, testStart, valueOf } from "@likeness/testing";
import { describe, expect, it, vi } from "vitest";
import { chatJobs } from "../chat-jobs.ts";
import { chatStage, type ChatStage } from "./__fixtures__/chat-stage.ts";
import { seen, statusOf } from "./__fixtures__/seen.ts";
import { callsOf, nudge, trickle } from "./__fixtures__/trickle.ts";
import { statusHandler } from "./status-job.ts";

/** Runs a job beside those of the queue. */
const runBeside = ({ ports, ada }: ChatStage): Promise<JobOutcome> =>
  valueOf(
    statusHandler(ports)({
      kind: chatJobs.status,
      key: String(ada.id),
      payload: null,
      attempt: 1,
      signal: new AbortController().signal,
    }),
  );

describe("presentStatus, with several at it", () => {
  it("leaves a message alone that was changed just now", async () => {
    const stage = await chatStage();
    await stage.collecting();
    stage.held.add(stage.ada.sendsPhoto(photoBytes()).fileId);
    await stage.handle();
    await stage.pass(1);
    stage.ada.sendsPhoto(photoBytes());
    await stage.handle();
    const before = callsOf(stage);
    expect(await runBeside(stage)).toStrictEqual({ type: "again", at: addSeconds(testStart, 2) });
    expect(callsOf(stage)).toStrictEqual(before);
  });

  it("leaves Telegram alone while it asks to wait", async () => {
    const stage = await chatStage();
    await stage.collecting();
    await trickle(stage, 1);
    stage.fake.control.fault({ method: "editMessageText", answer: { error_code: 429, retry_after: 30 } });
    await stage.pass(3);
    const before = callsOf(stage);
    expect(before.at(-1)).toStrictEqual(["editMessageText", 2]);
    expect(await runBeside(stage)).toStrictEqual({ type: "again", at: addSeconds(testStart, 32) });
    expect(callsOf(stage)).toStrictEqual(before);
  });

  it("sends the message of a process that died while sending it", async () => {
    const stage = await chatStage();
    const id = await stage.collecting();
    await trickle(stage, 1);
    const { burst } = await stage.conversation();
    await stage.ports.api.deleteMessage(stage.ada.id, burst?.messageId ?? 0);
    await stage.change({ burst: burst && { ...burst, messageId: undefined, shown: "", shownAt: stage.clock.now() } });
    const { length: before } = callsOf(stage);
    await stage.pass(9);
    expect(callsOf(stage)).toHaveLength(before);
    await stage.pass(6);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
  });

  it("takes a message away that took so long that another one was sent meanwhile", async () => {
    const stage = await chatStage();
    const id = await stage.collecting();
    const sent = () => stage.fake.control.calls.filter(({ method }) => method === "sendMessage");
    stage.fake.control.fault({ method: "sendMessage", answer: { delayMs: 15_000 } });
    stage.ada.sendsPhoto(photoBytes());
    await stage.handle();
    await vi.waitFor(() => expect(sent()).toMatchObject([{ answer: "pending" }]));
    await nudge(stage);
    await stage.clock.advance(11);
    await vi.waitFor(() => expect(sent()).toMatchObject([{ answer: "pending" }, { answer: { ok: true } }]));
    await vi.waitFor(async () => expect((await stage.conversation()).burst?.messageId).toBeDefined());
    await stage.clock.advance(4);
    await stage.pass(6);
    expect(sent()).toMatchObject([{ answer: { ok: true } }, { answer: { ok: true } }]);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
  });

  it("shows once more what an edit that took too long has undone", async () => {
    const stage = await chatStage();
    const id = await stage.collecting();
    const edits = () => stage.fake.control.calls.filter(({ method }) => method === "editMessageText");
    const send = async () => {
      stage.ada.sendsPhoto(photoBytes());
      await stage.handle();
    };
    await trickle(stage, 1);
    stage.fake.control.fault({ method: "editMessageText", answer: { delayMs: 4_000 } });
    await stage.clock.advance(1);
    await vi.waitFor(() => expect(edits()).toMatchObject([{ answer: "pending" }]));
    await send();
    await stage.clock.advance(2);
    await vi.waitFor(() => expect(edits()[1]).toMatchObject({ answer: { ok: true } }));
    await send();
    await stage.clock.advance(2);
    await vi.waitFor(() => expect(edits()[0]).toMatchObject({ answer: { ok: true } }));
    await stage.pass(10);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
  });

  it("leaves one status when its message was sent anew below while the old one was being edited", async () => {
    const stage = await chatStage();
    const id = await stage.collecting();
    const edits = () => stage.fake.control.calls.filter(({ method }) => method === "editMessageText");
    await trickle(stage, 1);
    stage.fake.control.fault({ method: "editMessageText", answer: { delayMs: 15_000 } });
    await stage.clock.advance(1);
    await vi.waitFor(() => expect(edits()).toMatchObject([{ answer: "pending" }]));
    stage.ada.sendsPhoto(photoBytes());
    await stage.handle();
    await stage.clock.advance(6);
    await vi.waitFor(() => expect(seen(stage)).toHaveLength(1));
    await stage.clock.advance(10);
    await vi.waitFor(() => expect(edits()[0]).toMatchObject({ answer: { ok: false } }));
    await stage.pass(10);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
    expect(stage.ada.chat().at(-1)).toMatchObject({ from: "bot" });
  });
});
