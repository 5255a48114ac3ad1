import { addSeconds, isTraining, systemClock, type Clock, type Policy, type Training } from "@likeness/core";
import type { FalFake, FalFakeBehaviour, FalFakeOptions } from "@likeness/fal/testing";
import type { ReplicateFake, ReplicateFakeBehaviour } from "@likeness/replicate/testing";
import { recordingLog, valueOf, type RecordingLog } from "@likeness/testing";
import { vi, type TestContext } from "vitest";
import { chatOf } from "../crash/host/chat-of.ts";
import { openStage, type Stage } from "../crash/stage/stage.ts";
import type { EngineName } from "../crash/engines/engines.ts";
import { openHost, type HostOptions, type OpenHost } from "../crash/host/open-host.ts";
import { openFal, type FalVendor } from "../crash/vendors/open-fal.ts";
import { openReplicate, type ReplicateVendor } from "../crash/vendors/open-replicate.ts";
import type { PaidRequests, Vendor } from "../crash/vendors/vendor.ts";
import { orderTraining } from "../crash/host/place-order.ts";
import { serverOf } from "./engine-servers.ts";

export const owner = "telegram:1";

interface AroundOptions {
  /** Default: SQLite. */
  readonly engine?: EngineName | undefined;
  readonly policy?: Partial<Policy> | undefined;
  /** The people who have written to the bot. Default: one person. */
  readonly owners?: readonly string[] | undefined;
}

export interface HostStageOptions extends AroundOptions {
  /** The default behaviour of fal. */
  readonly behaviour?: FalFakeBehaviour;
  /** Of the fake fal. */
  readonly fal?: FalFakeOptions;
}

/** The stage of the crash run, for processes and for hosts in this process. */
interface StageWithHosts<Provider extends Vendor> extends Stage<Provider> {
  readonly paid: PaidRequests;
  readonly owners: readonly string[];
  host(options?: Partial<HostOptions> & SettingsOfHost): Promise<Host>;
}

/** One at any provider. */
export type AnyHostStage = StageWithHosts<Vendor>;

export interface HostStage extends StageWithHosts<FalVendor> {
  readonly fal: FalFake;
}

export interface ReplicateHostStage extends StageWithHosts<ReplicateVendor> {
  readonly replicate: ReplicateFake;
}

interface SettingsOfHost {
  /** Default: the stage's. */
  readonly database?: string;
  /** Overrides of the stage's policy. */
  readonly policy?: Partial<Policy>;
}

/** A bot without its chat. */
export interface Host extends OpenHost {
  readonly log: RecordingLog;
  training(id: string): Promise<Training>;
  /** Orders a training of an owner; of the stage's owner by default. */
  ordered(by?: string): Promise<Training>;
}

/** Long deadlines, so that none passes because this computer is busy. */
const longDeadlines: Partial<Policy> = { unknownDeadlineSeconds: 120 };

export async function openHostStage(
  test: TestContext,
  { behaviour, fal, ...options }: HostStageOptions = {},
): Promise<HostStage> {
  const vendor = await openFal(fal);
  vendor.fake.control.always({ queueSeconds: 0, trainingSeconds: 0.3, ...behaviour });
  return { ...(await openAround(test, vendor, options)), fal: vendor.fake };
}

/** The same at Replicate. */
export async function openReplicateStage(
  test: TestContext,
  { behaviour, policy }: Pick<HostStageOptions, "policy"> & { readonly behaviour?: ReplicateFakeBehaviour } = {},
): Promise<ReplicateHostStage> {
  const vendor = await openReplicate();
  vendor.fake.control.always({ queueSeconds: 0, runSeconds: 0.3, ...behaviour });
  return { ...(await openAround(test, vendor, { policy })), replicate: vendor.fake };
}

async function openAround<Provider extends Vendor>(
  test: TestContext,
  vendor: Provider,
  { engine = "sqlite", policy, owners = [owner] }: AroundOptions,
): Promise<StageWithHosts<Provider>> {
  const stage = await openStage(engine, await serverOf(engine), vendor, { ...longDeadlines, ...policy });
  for (const each of owners) stage.telegram.control.person(chatOf(each)).says("/start");
  const hosts: Host[] = [];
  test.onTestFinished(async () => {
    await Promise.all(hosts.map((host) => host.close()));
    await stage.close();
  });
  return {
    ...stage,
    paid: vendor.paid,
    owners,
    host: async (options) => {
      const host = await hostOn(stage, options);
      hosts.push(host);
      return host;
    },
  };
}

async function hostOn(
  { settings, ports }: Stage,
  { database = settings.database, policy, clock = systemClock, ...options }: Partial<HostOptions> & SettingsOfHost = {},
): Promise<Host> {
  const log = recordingLog();
  const open = await openHost(
    { ...settings, database, policy: { ...settings.policy, ...policy } },
    { clock, log, ...options },
  );
  ports.add(open.port);
  let closed: Promise<void> | undefined;
  return {
    ...open,
    log,
    training: async (id) => {
      const found = await valueOf(open.store.orders.find(id));
      if (!isTraining(found)) throw new Error(`there is no training ${id}`);
      return found;
    },
    ordered: (by = owner) => orderTraining(open, { owner: by, key: "the-order" }),
    close: () => {
      ports.delete(open.port);
      return (closed ??= open.close());
    },
  };
}

/** Waits until a condition holds. */
export const until = (condition: () => boolean | Promise<boolean>): Promise<void> =>
  vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error("not yet");
    },
    { timeout: 100_000, interval: 20 },
  );

/** A training that fal has accepted and does not end by itself, and its request. */
export async function running(stage: HostStage, host: Host, by = owner): Promise<{ id: string; requestId: string }> {
  stage.fal.control.next({ outcome: "never" });
  const { id } = await host.ordered(by);
  await until(async () => (await host.training(id)).state.status === "submitted");
  const { state } = await host.training(id);
  return { id, requestId: "request" in state ? (state.request?.requestId ?? "") : "" };
}

/** Waits until no job runs on SQLite, because a running one would lose its lease when the clock is set forward. */
export const untilIdle = ({ watched }: AnyHostStage): Promise<void> =>
  until(async () => {
    const claimed = watched.db.selectFrom("likeness_job").select("id").where("lease_owner", "is not", null);
    return (await claimed.execute()).length === 0;
  });

/** A clock that can be set. */
export interface ShiftedClock extends Clock {
  /** Seconds forward, or back. */
  shift(seconds: number): void;
}

export function shiftedClock(seconds = 0): ShiftedClock {
  let shifted = seconds;
  return {
    ...systemClock,
    now: () => addSeconds(systemClock.now(), shifted),
    shift: (more) => void (shifted += more),
  };
}
