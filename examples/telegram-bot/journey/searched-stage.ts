import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { drawPhotos } from "./draw-photo.ts";
import type { ProviderName } from "./journey-provider.ts";
import { journeyStage } from "./journey-stage.ts";
import { findRemains, type Engine, type Searched, type Secrets } from "./remains.ts";
import { walk } from "./walk.ts";

export interface SearchedStage extends Searched {
  /** The database file of the bot, or the URL of its database. */
  readonly database: string;
  /** `DATABASE_URL`, where it is not that of the stage. */
  readonly url: string | undefined;
  /** Which of these secrets are where in the database and in the files of the bot. */
  remains(secrets: Secrets): Promise<string[]>;
}

/** The bot on a database, with a person who has trained an avatar and whose every trace is searched. */
export async function searchedStage(
  { start, ask, tables }: Engine,
  { id, provider }: { readonly id: number; readonly provider?: ProviderName | undefined },
): Promise<SearchedStage> {
  const temporary = await mkdtemp(join(tmpdir(), "likeness-erased-"));
  onTestFinished(() => rm(temporary, { recursive: true }));
  const url = await start();
  const environment = {
    TMPDIR: temporary,
    GUARD_SECONDS: "1",
    COPY_WAIT_SECONDS: "5",
    ...(url !== undefined && { DATABASE_URL: url }),
  };
  const stage = await journeyStage({ mode: "webhook", environment, ...(provider && { provider }) });
  const database = url ?? stage.database;
  const person = stage.telegram.control.person(id, {
    firstName: "Zephyrine",
    lastName: "Quillfeather",
    username: "zephyrine_quill",
    languageCode: "en",
  });
  const rows = (question: string) => ask(database, question);
  const photos = await drawPhotos(10, 40);
  await stage.bot.start();
  await walk(stage, person, "orders the training", photos);
  return {
    stage,
    person,
    photos,
    rows,
    database,
    url,
    remains: (secrets) => findRemains({ stage, rows }, secrets, { tables, temporary }),
  };
}

/** Asks for the orders whose outcome has been copied. */
export const finishedOrders =
  "select 1 from likeness_order where outcome is not null and uncopied = 0 and next_check_at is null";
