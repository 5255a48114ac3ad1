import { statSync } from "node:fs";
import {
  createLikeness,
  silentLog,
  systemClock as clock,
  uuidV7,
  type Log,
  type OperatorCommands,
} from "@likeness/core";
import { err, ok, type Result } from "neverthrow";
import { reasonOf } from "../leave.ts";
import { scrubber } from "../log/scrubber.ts";
import { openAccounts } from "../open-accounts.ts";
import { readForOperator, readSettings } from "../settings/read-settings.ts";
import type { DatabaseLocation } from "../settings/locations.ts";
import { openStorage } from "../storage/open-storage.ts";
import type { Storage } from "../storage/storage.ts";
import { olderDatabase, refused, type Refusal } from "./answer.ts";
import { idlePorts, idleProvider } from "./idle-ports.ts";
import { lazyBlobs } from "./lazy-blobs.ts";

/** The deployment that the settings name, while a bot may be running. */
export interface OpenedDeployment {
  readonly storage: Storage;
  readonly commands: OperatorCommands;
  /** Removes secrets from a line. */
  readonly scrub: (line: string) => string;
}

/** `database`: only its settings are read, and what asks the provider or reads files must not be called. */
export type Reach = "database" | "everything";

/**
 * Opens the deployment, or says why it cannot be opened. The caller closes its storage. Tables are neither made nor brought
 * up to date, because an older bot may be running on them.
 */
export async function openDeployment(
  environment: NodeJS.ProcessEnv,
  reach: Reach,
  log: Log = silentLog,
): Promise<Result<OpenedDeployment, Refusal>> {
  const read = readForOperator(environment);
  if (read.isErr()) return err(refused(read.error));
  const { database, policy, guards, secrets } = read.value;
  const all = reach === "everything" ? readSettings(environment) : undefined;
  if (all?.isErr()) return err(refused(all.error));
  const settings = all?.isOk() ? all.value : undefined;
  const scrub = scrubber(settings?.secrets ?? secrets);
  if (database.type === "sqlite" && isNothing(database.file))
    return err(refused([`there is no database at ${database.file}, which DATABASE_URL names`]));
  try {
    if (await isOlder(database)) return err(olderDatabase);
    const storage = await openStorage(database, clock, log, "use");
    const { store, queue } = storage;
    const commands = createLikeness({
      ...idlePorts,
      ...(settings ? await providerOf(settings, log) : { provider: idleProvider, profiles: {} }),
      ...openAccounts(storage, { prices: noPrices, clock }),
      store,
      queue,
      blobs: lazyBlobs(settings?.blobs ?? { type: "disk", folder: "" }),
      clock,
      ids: uuidV7(clock),
      log,
      policy: settings?.policy ?? policy,
      guards,
      // Without pictures it orders no first look after an adoption, which is all that it would ask the consent for.
      consent: "elsewhere",
    }).operator;
    return ok({ storage, commands, scrub });
  } catch (error) {
    return err(refused([scrub(reasonOf(error))]));
  }
}

/** A file that is missing, or empty, as SQLite makes one for whoever only opens it. */
const isNothing = (file: string): boolean => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0;

/** Looked at before the job queue is opened, which has tables of its own. */
async function isOlder(database: DatabaseLocation): Promise<boolean> {
  const storage = await openStorage(database, clock, silentLog, "look");
  const ready = await storage.ready();
  await storage.close();
  return ready.isErr() && ready.error.type === "migrations-pending";
}

/** An operator places no orders. */
const noPrices = { training: 0, image: 0, upscale: 0 };

/** Imported only for what asks the provider. */
async function providerOf(settings: Parameters<typeof import("../open-provider.ts").openProvider>[0], log: Log) {
  const { openProvider } = await import("../open-provider.ts");
  const { provider, profiles, outcomes, formerProviders } = await openProvider(settings, log);
  return { provider, profiles, outcomes, formerProviders };
}
