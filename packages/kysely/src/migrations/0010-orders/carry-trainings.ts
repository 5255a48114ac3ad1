import type { Kysely } from "kysely";

interface File {
  readonly blobKey?: string;
}

/** A row of the former table. Only these columns are changed; the others keep their name and value. */
interface TrainingRow {
  readonly id: string;
  readonly snapshot: string;
  readonly archive_url: string | null;
  readonly kept_archive_url: string | null;
  readonly model: string | null;
  readonly weights_blob_key: string | null;
  readonly config_blob_key: string | null;
}

interface Tables {
  readonly likeness_training: TrainingRow;
  readonly likeness_training_photo: { readonly training_id: string; readonly blob_key: string };
  readonly likeness_order: { readonly id: string };
  readonly likeness_order_blob: { readonly order_id: string; readonly use: string; readonly blob_key: string };
}

/** Rows that are held in memory at a time. */
const batch = 500;

/** Copies every training, with the blobs it names, to the tables of orders. */
export async function carryTrainings(db: Kysely<unknown>): Promise<void> {
  const tables = db as Kysely<Tables>;
  let last = "";
  for (;;) {
    const next = tables.selectFrom("likeness_training").selectAll().where("id", ">", last);
    const trainings = await next.orderBy("id").limit(batch).execute();
    const end = trainings.at(-1);
    if (!end) break;
    await tables.insertInto("likeness_order").values(trainings.map(orderRow)).execute();
    const blobs = trainings.flatMap(outcomeBlobs);
    if (blobs.length > 0) await tables.insertInto("likeness_order_blob").values(blobs).execute();
    last = end.id;
  }
  await tables
    .insertInto("likeness_order_blob")
    .columns(["order_id", "use", "blob_key"])
    .expression(
      tables
        .selectFrom("likeness_training_photo")
        .select(({ val }) => ["training_id", val<string>("photo").as("use"), "blob_key"]),
    )
    .execute();
}

function orderRow(row: TrainingRow): { readonly id: string } {
  const { archive_url, kept_archive_url, model, weights_blob_key: _weights, config_blob_key: _config, ...same } = row;
  const archiveUrl = archive_url ?? kept_archive_url;
  const { archiveField } = JSON.parse(row.snapshot);
  const outcome = model === null ? null : outcomeOf(model);
  return {
    ...same,
    kind: "training",
    prepared: archiveUrl === null ? null : JSON.stringify({ input: { [archiveField]: archiveUrl } }),
    outcome: outcome && JSON.stringify(outcome),
    uncopied: outcome && Object.values(outcome.files).some(({ blobKey }) => blobKey === undefined) ? 1 : 0,
  } as { readonly id: string };
}

function outcomeOf(model: string): { readonly files: Record<string, File>; readonly ranSeconds?: number } {
  const { trainedSeconds, ...files } = JSON.parse(model);
  return { files, ...(trainedSeconds === undefined ? {} : { ranSeconds: trainedSeconds }) };
}

const outcomeBlobs = ({ id, weights_blob_key, config_blob_key }: TrainingRow) =>
  [...new Set([weights_blob_key, config_blob_key])]
    .filter((key) => key !== null)
    .map((key) => ({ order_id: id, use: "outcome", blob_key: key }));
