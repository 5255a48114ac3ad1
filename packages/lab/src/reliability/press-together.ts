import { setTimeout as wait } from "node:timers/promises";
import { addSeconds, systemClock, uuidV7, type Json, type SessionRepository } from "@likeness/core";
import { telegramUpdates } from "@likeness/grammy";
import { recordingLog, valueOf } from "@likeness/testing";
import type { TestContext } from "vitest";
import { engines, type EngineName } from "../crash/engines/engines.ts";
import { serverOf } from "./engine-servers.ts";
import { until } from "./host-stage.ts";

const people = [1, 2, 3, 4, 5];
const presses = [1, 2, 3, 4, 5, 6];

/** Long enough for any process to be taken for dead that is only busy. */
const arrears = 60;

export interface Pressed {
  /** What was stored of each person's presses, in their order. */
  readonly stored: readonly Json[];
  /** What the message of each person shows at the end. */
  readonly shown: readonly Json[];
  /** How many presses began while another one of the same person was under way. */
  readonly overlaps: number;
}

/** What each person should see, and have stored. */
export const asPressed = people.map(() => presses);

/**
 * Several people press several buttons each, of a bot of two processes on one database that is a minute in arrears. A
 * press adds its number to what is stored, and then edits the message: the later one is the faster one.
 */
export async function pressTogether(test: TestContext, engine: EngineName): Promise<Pressed> {
  const url = await (await serverOf(engine)).database();
  const shown = new Map<number, Json>();
  const busy = new Set<number>();
  let overlaps = 0;
  let handled = 0;

  const process = async () => {
    const open = await engines[engine].open(url, { clock: systemClock, log: recordingLog() });
    test.onTestFinished(async () => {
      await valueOf(open.queue.stop({ graceMs: 5_000 }));
      await open.close();
    });
    const handleUpdate = async ({ callback_query: query }: Update): Promise<void> => {
      const person = query?.from.id ?? 0;
      const press = Number(query?.data);
      if (busy.has(person)) overlaps += 1;
      busy.add(person);
      const all = await added(open.store.sessions, person, press);
      await wait(10 * (presses.length - press));
      shown.set(person, all);
      busy.delete(person);
      handled += 1;
    };
    const inArrears = { ...systemClock, now: () => addSeconds(systemClock.now(), -arrears) };
    const ports = { bot: { handleUpdate }, store: open.store, log: recordingLog() };
    const { receive } = telegramUpdates({ ...ports, clock: inArrears, ids: uuidV7(inArrears) });
    const { handlers } = telegramUpdates({ ...ports, clock: systemClock, ids: uuidV7(systemClock) });
    return { receive, begin: () => valueOf(open.queue.start(handlers)), sessions: open.store.sessions };
  };

  const processes = [await process(), await process()] as const;
  let updateId = 0;
  for (const press of presses)
    for (const person of people)
      await valueOf(processes[updateId % 2 === 0 ? 0 : 1].receive(pressOf(++updateId, person, press)));
  await Promise.all(processes.map(({ begin }) => begin()));
  await until(() => handled >= people.length * presses.length);
  const stored = await Promise.all(people.map((person) => valueOf(processes[0].sessions.find(keyOf(person)))));
  return {
    stored: stored.map((session) => session?.value ?? null),
    shown: people.map((person) => shown.get(person) ?? null),
    overlaps,
  };
}

type Update = Parameters<Parameters<typeof telegramUpdates>[0]["bot"]["handleUpdate"]>[0];

const pressOf = (update_id: number, id: number, press: number) => ({
  update_id,
  callback_query: { id: `press-${update_id}`, from: { id, is_bot: false, first_name: "Ada" }, data: String(press) },
});

const keyOf = (person: number): string => `example:${person}`;

/** Adds a press to what is stored of a person, as the chat does: with compare-and-set. */
async function added(sessions: SessionRepository, person: number, press: number): Promise<Json> {
  for (;;) {
    const before = await valueOf(sessions.find(keyOf(person)));
    const value = [...((before?.value as number[] | undefined) ?? []), press];
    const saved = await sessions.save({ key: keyOf(person), value, version: before?.version ?? 0 });
    if (saved.isOk()) return value;
  }
}
