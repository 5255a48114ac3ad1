import { addSeconds, orThrow, silentLog, systemClock as clock, uuidV7, type Session } from "@likeness/core";
import { aNotification } from "@likeness/testing";
import { errAsync } from "neverthrow";
import { openAccounts } from "../open-accounts.ts";
import type { DatabaseLocation } from "../settings/locations.ts";
import { openStorage } from "../storage/open-storage.ts";
import type { Secrets } from "./remains.ts";

const dying = "journey.dies";

const names = {
  "a dead job": "Deadwood Montague",
  "an undelivered message": "Undelivered Lavinia",
  "an open export": "export-of-philomena",
  "a wizard half filled": "Halfway Bartholomew",
} as const;

/**
 * Stores beside a running bot what a person may leave half done: a job that is dead, a message that was not delivered, an
 * export under way, a wizard half filled, and an invoice that nobody has paid. Returns by what each is found.
 */
export async function plantRemains(location: DatabaseLocation, ownerId: string): Promise<Secrets> {
  const { store, queue, ...storage } = await openStorage(location, clock, silentLog);
  const { purchases } = openAccounts(storage, { prices: undefined, clock });
  const now = clock.now();
  const later = addSeconds(now, 86_400);
  const ids = uuidV7(clock);

  let dies = (): void => undefined;
  const begun = new Promise<void>((resolve) => (dies = resolve));
  await orThrow(
    queue.start({
      [dying]: () => {
        dies();
        return errAsync({ type: "job-failure", permanent: true, cause: "it can never succeed" });
      },
    }),
  );
  const payload = { name: names["a dead job"] };
  await orThrow(store.jobs.enqueue({ kind: dying, key: `${ownerId}:planted`, payload }));
  await begun;
  await orThrow(queue.stop({ graceMs: 60_000 }));

  const [avatar] = await orThrow(store.avatars.listByOwner(ownerId));
  if (!avatar) throw new Error("the person has no avatar");
  const about = { ownerId, avatarId: avatar.id, avatarName: names["an undelivered message"] };
  await orThrow(store.outbox.insert(aNotification({ ...about, id: ids.next(), dueAt: later, createdAt: now })));

  const sessions: readonly Pick<Session, "key" | "value">[] = [
    { key: "planted:export", value: { exportId: names["an open export"], sent: 0, zips: "2 of 100", over: false } },
    { key: "planted:wizard", value: { step: "name", name: names["a wizard half filled"] } },
  ];
  for (const session of sessions) await orThrow(store.sessions.save({ ...session, ownerId, version: 0 }));

  const amounts = { credits: 10, amount: 50, currency: "XTR" };
  const invoice = { id: ids.next(), key: "planted-invoice", ownerId, ...amounts, createdAt: now };
  await orThrow(purchases.open(invoice));
  await storage.close();
  return {
    ...Object.fromEntries(Object.entries(names).map(([what, name]) => [what, [name]])),
    "an unpaid invoice": [invoice.id, invoice.key],
  };
}
