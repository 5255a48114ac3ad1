import { activeStatuses, type Training, type TrainingRepository } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import { attempt, transaction } from "../attempt.ts";
import type { Database } from "../database.ts";
import { withoutId } from "./columns.ts";
import { saveRow } from "./save-row.ts";
import { trainingOf, trainingPhotoRows, trainingRow } from "./training-row.ts";

export const trainingRepository = (db: Kysely<Database>): TrainingRepository => ({
  find: (id) =>
    attempt(db, async () => {
      const row = await db.selectFrom("likeness_training").selectAll().where("id", "=", id).executeTakeFirst();
      return row && trainingOf(row);
    }),

  findByIdempotencyKey: (key) =>
    attempt(db, async () => {
      const row = await db
        .selectFrom("likeness_training")
        .selectAll()
        .where("idempotency_key", "=", key)
        .executeTakeFirst();
      return row && trainingOf(row);
    }),

  listByAvatar: (avatarId) =>
    attempt(db, async () => {
      const trainings = db.selectFrom("likeness_training").selectAll().where("avatar_id", "=", avatarId);
      return (await trainings.orderBy("created_at", "desc").orderBy("id", "desc").execute()).map(trainingOf);
    }),

  save: (training) => (training.version === 0 ? insertTraining(db, training) : saveTraining(db, training)),

  dueBefore: (moment, limit) =>
    attempt(db, async () => {
      const due = db.selectFrom("likeness_training").selectAll().where("next_check_at", "<", moment);
      return (await due.orderBy("next_check_at").orderBy("id").limit(limit).execute()).map(trainingOf);
    }),

  lateBefore: (moment, limit) =>
    attempt(db, async () => {
      const unsuccessful = db.selectFrom("likeness_training").selectAll().where("status", "in", withoutSuccess);
      const late = unsuccessful.where("model", "is not", null).where("finished_at", "<", moment);
      return (await late.orderBy("finished_at", "desc").orderBy("id", "desc").limit(limit).execute()).map(trainingOf);
    }),

  uncopiedBefore: (moment, limit) =>
    attempt(db, async () => {
      const ended = db.selectFrom("likeness_training").selectAll().where("finished_at", "<", moment);
      const uncopied = ended.where("model", "is not", null).where(lacksBlobKey).where(lacksFile);
      return (await uncopied.orderBy("finished_at", "desc").orderBy("id", "desc").limit(limit).execute()).map(
        trainingOf,
      );
    }),

  usesBlob: (key) => attempt(db, async () => (await isInManifest(db, key)) || (await isInModel(db, key))),
});

/** Literals, because a partial index serves only a query that repeats its condition. */
const withoutSuccess = [sql.lit("failed" as const), sql.lit("cancelled" as const)];

/** Repeats the condition of its index literally, because a partial index serves only such a query. */
const lacksBlobKey = sql<boolean>`(weights_blob_key is null or config_blob_key is null)`;

/**
 * A model may have no configuration. Searching the JSON text is safe, because quotes inside its strings are escaped.
 */
const lacksFile = sql<boolean>`(weights_blob_key is null or model like '%"config":%')`;

const insertTraining = (db: Kysely<Database>, training: Training) =>
  transaction(db, (tx) =>
    saveTraining(tx, training).andThen((saved) =>
      attempt(tx, async () => {
        const rows = trainingPhotoRows(training);
        // Two photos can have the same training copy.
        const insert = tx.insertInto("likeness_training_photo").onConflict((conflict) => conflict.doNothing());
        if (rows.length > 0) await insert.values(rows).execute();
        return saved;
      }),
    ),
  );

const saveTraining = (db: Kysely<Database>, training: Training) =>
  saveRow(db, {
    entity: "training",
    id: training.id,
    value: training,
    insert: () =>
      db
        .insertInto("likeness_training")
        .values(trainingRow(training))
        .onConflict((conflict) => conflict.column("id").doNothing())
        .returning("version"),
    update: () =>
      db
        .updateTable("likeness_training")
        .set(withoutId(trainingRow(training)))
        .where("id", "=", training.id)
        .where("version", "=", training.version)
        .returning("version"),
  });

async function isInManifest(db: Kysely<Database>, key: string): Promise<boolean> {
  const user = await db
    .selectFrom("likeness_training_photo")
    .innerJoin("likeness_training", "likeness_training.id", "likeness_training_photo.training_id")
    .select("likeness_training.id")
    .where("likeness_training_photo.blob_key", "=", key)
    .where("likeness_training.status", "in", activeStatuses)
    .limit(1)
    .executeTakeFirst();
  return user !== undefined;
}

async function isInModel(db: Kysely<Database>, key: string): Promise<boolean> {
  const user = await db
    .selectFrom("likeness_training")
    .select("id")
    .where((column) => column.or([column("weights_blob_key", "=", key), column("config_blob_key", "=", key)]))
    .limit(1)
    .executeTakeFirst();
  return user !== undefined;
}
