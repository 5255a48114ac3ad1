import {
  checksOf,
  found,
  silentLog,
  systemClock,
  type BlobStore,
  type Check,
  type Clock,
  type FormerProvider,
  type Network,
} from "@likeness/core";
import { Api } from "grammy";
import { reasonOf } from "../leave.ts";
import { openBlobs } from "../open-blobs.ts";
import { openProvider } from "../open-provider.ts";
import type { Settings } from "../settings/settings.ts";
import { openStorage } from "../storage/open-storage.ts";
import { botChecks } from "./bot-checks.ts";
import type { Machine } from "./machine-checks.ts";
import { otherUser, otherUserCheck, type Users } from "./other-user.ts";

/** What tests replace. */
export interface Surroundings {
  readonly network: Network;
  readonly machine?: Machine | undefined;
  readonly users?: Users | undefined;
  readonly clock?: Clock | undefined;
}

export interface OpenedChecks {
  readonly checks: readonly Check[];
  close(): Promise<void>;
}

/** Opens what the bot uses, only to look at it, and returns all checks. What cannot be opened is a finding. */
export async function openParts(settings: Settings, surroundings: Surroundings): Promise<OpenedChecks> {
  const { network, machine, users, clock = systemClock } = surroundings;
  const storage = await opened("database", () => openStorage(settings.database, clock, silentLog, "look"), noDatabase);
  const owner = await otherUser(settings, users);
  const blobs: Part<BlobStore> =
    owner === undefined
      ? await opened("blobs", () => openBlobs(settings.blobs, "look"), noBlobs)
      : { checks: [otherUserCheck(owner)] };
  const { formerProviders, webhooks, ...provided } = await openProvider(settings, silentLog);
  const api = new Api(settings.telegram.token, { apiRoot: settings.telegram.apiRoot, timeoutSeconds: 10 });
  const parts = {
    ...provided,
    clock,
    network,
    formerProviders,
    webhooks: webhooks && { ...webhooks, former: formerProviders.flatMap(receiverOf) },
    store: storage.part?.store,
    queue: storage.part?.queue,
    blobs: blobs.part,
  };
  const checks = [
    ...storage.checks,
    ...blobs.checks,
    ...checksOf(parts),
    ...botChecks(settings, { api, network, clock, machine }),
  ];
  return { checks, close: async () => storage.part?.close() };
}

const receiverOf = ({ receiver }: FormerProvider) => receiver ?? [];

const noDatabase =
  "start the bot once, which makes it; if it was there before, see whether DATABASE_URL and the file's owner are right";

const noBlobs =
  "start the bot once, which makes the folder; if it was there before, see whether BLOBS and the folder's owner are right";

interface Part<T> {
  /** Absent: it cannot be opened, and a check says why. */
  readonly part?: T;
  readonly checks: readonly Check[];
}

async function opened<T>(name: string, open: () => Promise<T>, whatToDo: string): Promise<Part<T>> {
  try {
    return { part: await open(), checks: [] };
  } catch (error) {
    const failed = found.broken(reasonOf(error), whatToDo);
    return { checks: [{ name, look: async () => [failed] }] };
  }
}
