import { AsyncLocalStorage } from "node:async_hooks";
import type { JobHandler } from "@likeness/core";
import type { Transformer } from "grammy";
import { ResultAsync } from "neverthrow";
import type { DrivenPorts } from "../host/driven-ports.ts";
import type { PeoplePoint } from "./points.ts";

/** Is told what happens, and may not return. */
export type Probe = (what: string) => void;

/** Which job is running. */
const job = new AsyncLocalStorage<string>();

/** Tells of the calls that change something, before and after them, and of each job that they are made in. */
export const withProbes = (ports: DrivenPorts, probe: Probe): DrivenPorts => ({
  ...ports,
  queue: {
    ...ports.queue,
    start: (handlers) =>
      ports.queue.start(
        Object.fromEntries(Object.entries(handlers).map(([kind, handler]) => [kind, within(kind, handler, probe)])),
      ),
  },
  provider: told("provider", ports.provider, ["erase"], probe),
  blobs: told("blobs", ports.blobs, ["delete"], probe),
  credits: told("credits", ports.credits, ["pseudonymise"], probe),
  purchases: told("purchases", ports.purchases, ["pay", "noteTold", "orderRefund", "refunded", "pseudonymise"], probe),
});

const within =
  (kind: string, handler: JobHandler, probe: Probe): JobHandler =>
  (given) =>
    job.run(kind, () => handler(given).andTee(() => probe(`after job ${kind}`)));

function told<Port extends object>(name: string, port: Port, methods: readonly (keyof Port & string)[], probe: Probe) {
  const changed: Partial<Port> = {};
  for (const method of methods) {
    const call = port[method];
    if (typeof call !== "function") continue;
    const around = (...given: unknown[]): unknown => {
      probe(`before ${name}.${method}`);
      const made: unknown = call(...given);
      return made instanceof ResultAsync ? made.andTee(() => probe(`after ${name}.${method}`)) : made;
    };
    changed[method] = around as Port[typeof method];
  }
  return { ...port, ...changed };
}

/** Tells of calls to Telegram. */
export const telegramProbe =
  (probe: Probe): Transformer =>
  async (call, method, payload, signal) => {
    probe(`before telegram ${method}`);
    const answer = await call(method, payload, signal);
    probe(`after telegram ${method}`);
    return answer;
  };

/** What a statement of SQL does, e.g. `insert likeness_payment`; `undefined`: it only reads. */
export function writingOf(statement: string): string | undefined {
  const [, verb = "", table] = /^\s*(insert into|update|delete from)\s+"?(\w+)"?/i.exec(statement) ?? [];
  return table === undefined ? undefined : `${verb.split(" ")[0]?.toLowerCase()} ${table}`;
}

/** Acts once at a point: when what it names happens after what has to have happened before. */
export function atPoint({ at, after }: PeoplePoint, act: () => void): Probe {
  let isArmed = after === undefined;
  return (what) => {
    const names = [what, `${job.getStore() ?? ""}: ${what}`];
    if (isArmed && names.includes(at)) act();
    if (after !== undefined && names.includes(after)) isArmed = true;
  };
}
