import type { JobOutlet } from "@likeness/core";
import { photoBytes, valueOf } from "@likeness/testing";
import { okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { faceJobs } from "../face-jobs.ts";
import { chatStage, type ChatStage } from "./__fixtures__/chat-stage.ts";
import { seen, statusOf, wording } from "./__fixtures__/seen.ts";
import { memoryStorage } from "./__fixtures__/stage-storage.ts";
import { callsOf, nudge, trickle } from "./__fixtures__/trickle.ts";

const truncated = { reject: { code: "truncated" } } as const;

describe("statusHandler", () => {
  it("sends one message without sound, and edits it at once and then every two seconds at most", async () => {
    const stage = await chatStage({ limits: { minimum: 10, maximum: 20 } });
    const id = await stage.collecting();
    await trickle(stage, 9);
    await stage.pass(5);
    const [first, ...edits] = callsOf(stage);
    expect(first).toStrictEqual(["sendMessage", 0]);
    expect(new Set(edits.map(([method]) => method))).toStrictEqual(new Set(["editMessageText"]));
    const gaps = edits.map(([, at], index) => at - (edits[index - 1]?.[1] ?? 0));
    expect(Math.min(...gaps)).toBe(2);
    expect(edits.at(-1)?.[1]).toBe(10);
    const sent = stage.fake.control.calls.find(({ method }) => method === "sendMessage");
    expect(sent?.payload).toMatchObject({ disable_notification: true });
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
  });

  it("lists ten rejected photos with their reasons and counts the others", async () => {
    const stage = await chatStage({ limits: { minimum: 10, maximum: 20 } });
    const id = await stage.collecting();
    stage.ada.sendsAlbum(Array.from({ length: 12 }, () => ({ bytes: photoBytes(truncated) })));
    await stage.handle();
    await stage.pass(5);
    const listed = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id, listed, 2) }]);
  });

  it("says nothing that it has said already", async () => {
    const stage = await chatStage();
    await stage.collecting();
    await trickle(stage, 2);
    await stage.pass(5);
    const before = callsOf(stage);
    for (let again = 0; again < 3; again++) {
      await nudge(stage);
      await stage.pass(3);
    }
    expect(callsOf(stage)).toStrictEqual(before);
  });

  it("begins anew below photos that come after a settled burst, which tells of those alone", async () => {
    const stage = await chatStage();
    const id = await stage.collecting();
    stage.ada.sendsAlbum([{ bytes: photoBytes(truncated) }, { bytes: photoBytes() }]);
    await stage.handle();
    await stage.pass(4);
    const [first] = stage.ada.chat().filter(({ from }) => from === "bot");
    stage.ada.sendsAlbum([{ bytes: photoBytes() }, { bytes: photoBytes(truncated) }]);
    await stage.handle();
    await stage.pass(5);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id, [4]) }]);
    expect(stage.ada.chat().at(-1)).toMatchObject({ from: "bot" });
    expect(stage.ada.chat().map((message) => message.id)).not.toContain(first?.id);
  });

  it("moves below photos that come after a pause, and tells of a photo that is rejected late", async () => {
    const stage = await chatStage();
    const id = await stage.collecting();
    const slow = stage.ada.sendsPhoto(photoBytes(truncated));
    stage.held.add(slow.fileId);
    await stage.handle();
    await stage.pass(20);
    stage.ada.sendsPhoto(photoBytes());
    await stage.handle();
    await stage.pass(3);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
    expect(stage.ada.chat().at(-1)).toMatchObject({ from: "bot" });
    stage.held.clear();
    await stage.pass(20);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id, [1]) }]);
    expect((await stage.conversation()).burst).toMatchObject({ settled: true });
  });

  it("answers a single rejected photo by one reply to it, and not in the status as well", async () => {
    const stage = await chatStage({ workers: 2 });
    const id = await stage.collecting();
    const { messageId } = stage.ada.sendsPhoto(photoBytes(truncated));
    await stage.handle(2);
    await stage.pass(20);
    const given = { number: 1, rejection: truncated.reject };
    const reply = { said: wording(stage.ports.say("en", "photo.rejected", given)), replyTo: messageId };
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }, reply]);
    await nudge(stage);
    await stage.pass(5);
    expect(seen(stage)).toHaveLength(2);
  });

  it("tells in the status about a rejected photo that was not alone in the end", async () => {
    const stage = await chatStage();
    const id = await stage.collecting();
    stage.ada.sendsPhoto(photoBytes(truncated));
    await stage.handle();
    await stage.pass(2);
    stage.ada.sendsPhoto(photoBytes());
    await stage.handle();
    await stage.pass(6);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id, [1]) }]);
  });

  it.each(["sendMessage", "editMessageText"])(
    "waits as long as Telegram asks when %s comes too often",
    async (method) => {
      const stage = await chatStage();
      const id = await stage.collecting();
      stage.fake.control.fault({ method, answer: { error_code: 429, retry_after: 30 } });
      await trickle(stage, 3);
      await stage.pass(26);
      const refusedAt = callsOf(stage).find(([called]) => called === method)?.[1] ?? 0;
      const afterwards = () => callsOf(stage).filter(([, at]) => at > refusedAt);
      expect(afterwards()).toStrictEqual([]);
      await stage.pass(10);
      expect(afterwards()[0]).toStrictEqual([method, refusedAt + 30]);
      expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
    },
  );

  it("sends a message anew when the old one is gone", async () => {
    const stage = await chatStage();
    const id = await stage.collecting();
    await trickle(stage, 1);
    const { burst } = await stage.conversation();
    await stage.ports.api.deleteMessage(stage.ada.id, burst?.messageId ?? 0);
    await trickle(stage, 1);
    await stage.pass(6);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
    expect((await stage.conversation()).burst).toMatchObject({ settled: true });
  });

  it("tries again when nothing is known about a call", async () => {
    const stage = await chatStage();
    const id = await stage.collecting();
    stage.fake.control.fault({ method: ["sendMessage", "editMessageText"], times: 3, answer: "drop" });
    await trickle(stage, 2);
    await stage.pass(60);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
  });

  it.each([
    ["the next photo", (stage: ChatStage) => trickle(stage, 1)],
    ["a nudge", nudge],
  ])("shows with %s what a lost job did not", async (_, heal) => {
    let losing = true;
    const stage = await chatStage({
      storage: async (clock) => {
        const { store, worker } = await memoryStorage(clock);
        const enqueue: JobOutlet["enqueue"] = (job) =>
          losing && job.kind === faceJobs.status ? okAsync(undefined) : store.jobs.enqueue(job);
        return { store: { ...store, jobs: { enqueue } }, worker };
      },
    });
    const id = await stage.collecting();
    await trickle(stage, 2);
    await stage.pass(5);
    expect(seen(stage)).toStrictEqual([]);
    losing = false;
    await heal(stage);
    await stage.pass(6);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
  });

  it("leaves people alone who blocked the bot, and goes on when they come back", async () => {
    const stage = await chatStage();
    const id = await stage.collecting();
    stage.ada.sendsPhoto(photoBytes());
    stage.ada.blocks();
    await stage.handle();
    await stage.pass(30);
    expect(callsOf(stage)).toHaveLength(1);
    stage.ada.unblocks();
    await trickle(stage, 1);
    await stage.pass(6);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
  });

  it("takes its message away when the avatar was erased", async () => {
    const stage = await chatStage();
    const avatarId = await stage.collecting();
    await trickle(stage, 1);
    await stage.ports.likeness.eraseAvatar({ actor: stage.person.actor, avatarId });
    await stage.pass(6);
    expect(seen(stage)).toStrictEqual([]);
    expect((await stage.conversation()).burst).toBeUndefined();
  });

  it("has nothing to do for a chat without photos, and gives up on what is no chat", async () => {
    const stage = await chatStage();
    await nudge(stage);
    await valueOf(stage.ports.store.jobs.enqueue({ kind: "telegram.status", key: "no chat", payload: null }));
    await stage.pass(3);
    expect(callsOf(stage)).toStrictEqual([]);
  });
});
