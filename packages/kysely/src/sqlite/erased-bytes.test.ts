import { existsSync, readFileSync } from "node:fs";
import { systemClock, uuidV7, type Store } from "@likeness/core";
import {
  aNotification,
  anAcceptedPhoto,
  anAvatar,
  anImageOrder,
  anImageSnapshot,
  anInboxDelivery,
  aPicture,
  aPicturePlan,
  aTraining,
  valueOf,
} from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { kyselyStore } from "../store/kysely-store.ts";
import { openSqlite, temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { sqliteJobQueue } from "./sqlite-job-queue.ts";

const secret = "Nomen-Secretum";
const bytes = new TextEncoder();
const ids = uuidV7(systemClock);

async function emptyStore() {
  const { path, db } = await temporarySqlite();
  const queue = sqliteJobQueue(db, { clock: systemClock });
  return { path, store: kyselyStore(db, { jobs: queue.within }) };
}

/** An avatar of an owner. */
const avatarOf = (store: Store, mark: string) =>
  valueOf(store.avatars.save(anAvatar({ name: mark, ownerId: `owner ${mark}` })));

/** A picture of words of its owner, with its order. */
async function draw(store: Store, avatarId: string, words: string): Promise<string> {
  const of = { avatarId, ownerId: `owner ${words}`, id: ids.next() };
  const plan = aPicturePlan({ from: "words", scene: undefined, words });
  const snapshot = anImageSnapshot({ plan, input: { prompt: `TOK_0000beef woman, ${words}`, seed: plan.seed } });
  await valueOf(
    store.orders.save(anImageOrder("succeeded", { ...of, snapshot, idempotencyKey: `draw ${words} ${of.id}` })),
  );
  await valueOf(store.pictures.save(aPicture({ ...of, plan, channelFile: `file-id ${words}` })));
  return of.id;
}

/** One avatar with everything about it, and an update of a chat that names it. */
async function fill(store: Store, mark: string): Promise<string> {
  const avatar = await avatarOf(store, mark);
  for (let number = 1; number <= 20; number++) {
    const reference = { locator: `file-id ${mark} ${number}`, key: `key ${mark} ${number}` };
    await valueOf(store.photos.save(anAcceptedPhoto({ id: ids.next(), avatarId: avatar.id, number, reference })));
  }
  const training = aTraining("failed", { id: ids.next(), avatarId: avatar.id, idempotencyKey: mark });
  await valueOf(store.orders.save(training));
  const delivered = (trainingId?: string) =>
    anInboxDelivery({
      id: ids.next(),
      digest: ids.next(),
      orderId: trainingId,
      headers: { "x-name": mark },
      body: bytes.encode(mark.repeat(200)),
    });
  const [update, webhook] = [delivered(), delivered(training.id)];
  for (const delivery of [update, webhook]) await valueOf(store.inbox.insert(delivery));
  await valueOf(store.inbox.settle(update.id, "applied", systemClock.now()));
  const notification = aNotification({ id: ids.next(), dedupeKey: ids.next(), avatarId: avatar.id, avatarName: mark });
  await valueOf(store.outbox.insert({ ...notification, orderId: training.id }));
  for (let picture = 0; picture < 5; picture++) await draw(store, avatar.id, mark);
  return avatar.id;
}

/** Which of the database's files hold the text, plain or as the base64 of a body. */
const filesWith = (path: string, text: string): string[] =>
  [path, `${path}-wal`].filter((file) => {
    const content = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    const inBody = Buffer.from(text.repeat(3)).toString("base64").slice(0, 24);
    return content.includes(text) || content.includes(inBody);
  });

describe("what was erased", () => {
  it("is in none of the database's files any more, once they are wiped", async () => {
    const { path, store } = await emptyStore();
    const erased: string[] = [];
    for (let number = 0; number < 30; number++) {
      const isErased = number % 3 === 0;
      const id = await fill(store, isErased ? `${secret} ${number}` : `kept ${number}`);
      if (isErased) erased.push(id);
    }
    expect(filesWith(path, secret)).not.toStrictEqual([]);
    for (const id of erased) await valueOf(store.avatars.delete(id));
    expect((await store.wipe?.())?._unsafeUnwrap()).toBe("wiped");
    expect(filesWith(path, secret)).toStrictEqual([]);
    expect(filesWith(path, "kept 1")).not.toStrictEqual([]);
  });

  it("goes with a picture of an avatar that stays", async () => {
    const { path, store } = await emptyStore();
    const avatar = await avatarOf(store, "somebody");
    const [removed, kept] = [await draw(store, avatar.id, secret), await draw(store, avatar.id, "window")];
    expect(filesWith(path, `file-id ${secret}`)).not.toStrictEqual([]);
    await valueOf(store.pictures.delete(removed));
    expect((await store.wipe?.())?._unsafeUnwrap()).toBe("wiped");
    expect(filesWith(path, `file-id ${secret}`)).toStrictEqual([]);
    expect((await valueOf(store.pictures.find(kept)))?.channelFile).toBe("file-id window");
  });

  it("is said to be there while another connection still reads it", async () => {
    const { path, store } = await emptyStore();
    const id = await fill(store, secret);
    const { database: reader } = openSqlite(path);
    reader.exec("begin");
    reader.prepare("select count(*) from likeness_avatar").get();
    await valueOf(store.avatars.delete(id));
    expect((await store.wipe?.())?._unsafeUnwrap()).toBe("busy");
    reader.exec("commit");
    expect((await store.wipe?.())?._unsafeUnwrap()).toBe("wiped");
    expect(filesWith(path, secret)).toStrictEqual([]);
  });
});
