import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Policy } from "@likeness/core";
import { serveTelegramFake, telegramFake, type TelegramFake } from "@likeness/grammy/testing";
import { openProxy } from "@likeness/test-processes/proxy.ts";
import type { EngineServer, Watched } from "../engines/engine.ts";
import { engines, type EngineName } from "../engines/engines.ts";
import { messageHeldSeconds } from "../kill-points.ts";
import { account, type HostSettings } from "../host/protocol.ts";
import type { Vendor } from "../vendors/vendor.ts";
import { startHost, type HostProcess } from "./host-process.ts";

/** Everything around the processes that are killed: database, provider, Telegram and the address that is reported to. */
export interface Stage<Provider extends Vendor = Vendor> {
  readonly vendor: Provider;
  readonly telegram: TelegramFake;
  readonly watched: Watched;
  /** The ports of the processes that the provider can reach, through an address that outlives them. */
  readonly ports: Set<number>;
  /** Of every process. */
  readonly settings: HostSettings;
  /** Starts a process. */
  start(options?: Pick<HostSettings, "killAt" | "firstLook" | "sells">): HostProcess;
  /** The output of the processes, newest last. */
  written(): string;
  close(): Promise<void>;
}

/** Deadlines that are much longer than it takes to detect a dead process. */
export const timesAfter = (recoverySeconds: number) =>
  ({
    unknownDeadlineSeconds: 5 + 3 * recoverySeconds,
    // Of every status, also of one that waits until the next process has started.
    imageDeadlineSeconds: 20 + 3 * recoverySeconds,
  }) satisfies Partial<Policy>;

/** Short times, so that a run is short. */
const policyFor = (recoverySeconds: number): Partial<Policy> => ({
  ...timesAfter(recoverySeconds),
  pollSeconds: 1,
  pollMaxSeconds: 1,
  submitTimeoutSeconds: 1,
  sweepSeconds: 1,
  prepareSeconds: 10,
  copyWaitSeconds: 1,
  imagePollSeconds: 1,
  maxParallelOrders: 1_000,
  maxOrdersPerDay: 10_000,
  reservationSeconds: 20,
  requestDeadlineSeconds: 600,
  trainingDeadlineSeconds: 600,
  deliveryDeadlineSeconds: 600,
  notifyAttemptSeconds: messageHeldSeconds,
});

/** Around a fake provider, which is closed with the stage. */
export async function openStage<Provider extends Vendor>(
  name: EngineName,
  server: EngineServer,
  vendor: Provider,
  policy: Partial<Policy> = {},
): Promise<Stage<Provider>> {
  const engine = engines[name];
  const folder = await mkdtemp(join(tmpdir(), "likeness-crash-"));
  const telegram = telegramFake(account);
  const ports = new Set<number>();
  const [servedTelegram, proxy] = await Promise.all([
    serveTelegramFake(telegram),
    openProxy({ port: 0, targets: () => [...ports] }),
  ]);
  const database = await server.database();
  const watched = engine.watch(database);
  const processes = new Set<HostProcess>();
  const written: string[] = [];
  const settings: HostSettings = {
    engine: name,
    database,
    folder,
    vendor: vendor.name,
    providerUrl: vendor.url,
    telegramUrl: servedTelegram.url,
    publicUrl: proxy.url,
    policy: { ...policyFor(engine.recoverySeconds), ...policy },
  };

  return {
    vendor,
    telegram,
    watched,
    ports,
    settings,
    start: (options = {}) => {
      const host = startHost({
        settings: { ...settings, ...options },
        ports,
        write: (text) => written.push(text),
      });
      processes.add(host);
      return host;
    },
    written: () => written.join(""),
    close: async () => {
      await Promise.all([...processes].map((host) => host.kill()));
      await Promise.all([vendor.close(), telegram.close()]);
      await Promise.all([proxy.close(), servedTelegram.close(), watched.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
