import { secondsBetween, type JobOutlet, type PhotoRejection } from "@likeness/core";
import { photoBytes, valueOf } from "@likeness/testing";
import { okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { chatJobs } from "../chat-jobs.ts";
import { chatStage, type ChatStage } from "./__fixtures__/chat-stage.ts";
import { refusal, seen, statusOf } from "./__fixtures__/seen.ts";
import { memoryStorage } from "./__fixtures__/stage-storage.ts";
import { callsOf, nudge, trickle } from "./__fixtures__/trickle.ts";

const truncated = { reject: { code: "truncated" } } as const;

describe("statusHandler", () => {
  it("sends one message without sound, edits it every two seconds at most, and sends it anew below all photos", async () => {
    const stage = await chatStage({ limits: { minimum: 10, maximum: 20 } });
    const id = await stage.collecting();
    await trickle(stage, 9);
    await stage.pass(5);
    const [first, ...more] = callsOf(stage);
    expect(first).toStrictEqual(["sendMessage", 0]);
    const edits = more.slice(0, -2);
    expect(new Set(edits.map(([method]) => method))).toStrictEqual(new Set(["editMessageText"]));
    const gaps = edits.map(([, at], index) => at - (edits[index - 1]?.[1] ?? 0));
    expect(Math.min(...gaps)).toBe(2);
    expect(edits.at(-1)?.[1]).toBe(10);
    expect(more.slice(-2)).toStrictEqual([
      ["deleteMessage", 12],
      ["sendMessage", 12],
    ]);
    const sent = stage.fake.control.calls.filter(({ method }) => method === "sendMessage");
    const silent = { disable_notification: true };
    expect(sent.map(({ payload }) => payload)).toMatchObject([silent, silent]);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
    expect(stage.ada.chat().at(-1)).toMatchObject({ from: "bot" });
  });

  it("says of each of many photos why it was not taken, as a reply without sound, one a second", async () => {
    const stage = await chatStage({ limits: { minimum: 10, maximum: 20 }, workers: 2 });
    const id = await stage.collecting();
    const rejections = Array.from({ length: 12 }, (_, index): PhotoRejection =>
      index % 2 === 0 ? { code: "truncated" } : { code: "empty" },
    );
    const sent = stage.ada.sendsAlbum([
      { bytes: photoBytes() },
      ...rejections.map((reject) => ({ bytes: photoBytes({ reject }) })),
    ]);
    await stage.handle(2);
    await stage.pass(30);
    const numbers = rejections.map((_, index) => index + 2);
    expect(seen(stage)).toStrictEqual([
      ...rejections.map((rejection, index) => refusal(stage, sent[index + 1]?.messageId, rejection)),
      { said: await statusOf(stage, id, numbers) },
    ]);
    const replies = stage.fake.control.calls.filter(({ payload }) => payload["reply_parameters"] !== undefined);
    expect(replies.filter(({ payload }) => payload["disable_notification"] !== true)).toStrictEqual([]);
    const gaps = replies.slice(1).map(({ at }, index) => secondsBetween(replies[index]?.at ?? at, at));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1);
    expect((await stage.conversation()).burst).toMatchObject({ settled: true });
  });

  it("leaves the replies of a burst where they are when the next photos come", async () => {
    const stage = await chatStage({ limits: { minimum: 3, maximum: 20 } });
    const id = await stage.collecting();
    const send = async () => {
      const sent = stage.ada.sendsAlbum([truncated, {}, truncated].map((given) => ({ bytes: photoBytes(given) })));
      await stage.handle();
      await stage.pass(9);
      return [sent[0], sent[2]].map((photo) => refusal(stage, photo?.messageId, truncated.reject));
    };
    const replies = [...(await send()), ...(await send())];
    expect(seen(stage)).toStrictEqual([...replies, { said: await statusOf(stage, id, [4, 6]) }]);
  });

  it("tells the others when Telegram refuses one reply, and all of them when it asks to wait", async () => {
    const stage = await chatStage({ limits: { minimum: 3, maximum: 20 } });
    const id = await stage.collecting();
    const sent = stage.ada.sendsAlbum([1, 2, 3].map(() => ({ bytes: photoBytes(truncated) })));
    await stage.handle();
    await stage.pass(2);
    stage.fake.control.fault({ method: "sendMessage", answer: { error_code: 400, description: "Bad Request: no" } });
    stage.fake.control.fault({ method: "sendMessage", answer: { error_code: 429, retry_after: 5 } });
    await stage.pass(20);
    expect(seen(stage)).toStrictEqual([
      ...sent.slice(1).map(({ messageId }) => refusal(stage, messageId, truncated.reject)),
      { said: await statusOf(stage, id, [1, 2, 3]) },
    ]);
    expect(stage.log.entries.filter(({ level }) => level === "error")).toHaveLength(1);
  });

  it("comes below what was said between photos that came soon after each other", async () => {
    const stage = await chatStage({ limits: { minimum: 3, maximum: 20 } });
    const id = await stage.collecting();
    const album = (count: number) =>
      stage.ada.sendsAlbum(Array.from({ length: count }, () => ({ bytes: photoBytes() })));
    album(4);
    await stage.handle();
    await stage.pass(1);
    stage.ada.says("/start");
    await stage.handle();
    stage.ada.presses({ text: "Go on" });
    await stage.handle();
    await stage.pass(1);
    album(6);
    await stage.handle();
    await stage.pass(8);
    const newest = stage.ada.chat().at(-1);
    expect(newest?.text).toBe(await statusOf(stage, id));
    expect(newest?.buttons.flat().map(({ text }) => text)).toContain("Continue");
    expect(seen(stage).filter(({ said }) => said?.startsWith("Ada\n"))).toHaveLength(1);
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

  it("begins again below photos that come after the end of a burst", async () => {
    const stage = await chatStage();
    const id = await stage.collecting();
    stage.ada.sendsAlbum([{ bytes: photoBytes() }, { bytes: photoBytes() }]);
    await stage.handle();
    await stage.pass(4);
    const [first] = stage.ada.chat().filter(({ from }) => from === "bot");
    stage.ada.sendsAlbum([{ bytes: photoBytes() }, { bytes: photoBytes() }]);
    await stage.handle();
    await stage.pass(5);
    expect(seen(stage)).toStrictEqual([{ said: await statusOf(stage, id) }]);
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
    expect(seen(stage)).toStrictEqual([
      refusal(stage, slow.messageId, truncated.reject),
      { said: await statusOf(stage, id, [1]) },
    ]);
    expect((await stage.conversation()).burst).toMatchObject({ settled: true });
  });

  it("answers a single rejected photo by one reply to it, and not in the status as well", async () => {
    const stage = await chatStage({ workers: 2 });
    const id = await stage.collecting();
    const { messageId } = stage.ada.sendsPhoto(photoBytes(truncated));
    await stage.handle(2);
    await stage.pass(20);
    const reply = refusal(stage, messageId, truncated.reject);
    expect(seen(stage)).toStrictEqual([reply, { said: await statusOf(stage, id) }]);
    await nudge(stage);
    await stage.pass(5);
    expect(seen(stage)).toHaveLength(2);
  });

  it("counts in the status a rejected photo that was not alone in the end", async () => {
    const stage = await chatStage();
    const id = await stage.collecting();
    const { messageId } = stage.ada.sendsPhoto(photoBytes(truncated));
    await stage.handle();
    await stage.pass(2);
    stage.ada.sendsPhoto(photoBytes());
    await stage.handle();
    await stage.pass(6);
    expect(seen(stage)).toStrictEqual([
      refusal(stage, messageId, truncated.reject),
      { said: await statusOf(stage, id, [1]) },
    ]);
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
      const afterwards = () => callsOf(stage).filter(([called, at]) => called === "sendMessage" && at > refusedAt);
      const early = callsOf(stage).filter(([, at]) => at > refusedAt && at < refusedAt + 30);
      expect(early).toStrictEqual([]);
      await stage.pass(10);
      expect(afterwards()[0]).toStrictEqual(["sendMessage", refusedAt + 30]);
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
          losing && job.kind === chatJobs.status ? okAsync(undefined) : store.jobs.enqueue(job);
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
    await stage.ports.likeness.avatars.erase({ actor: stage.person.actor, avatarId });
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
