import {
  activeStatuses,
  copyOf,
  modelIn,
  requestOf,
  type Training,
  type TrainingRepository,
  type TrainingState,
} from "@likeness/core";
import { ok } from "neverthrow";
import type { Run } from "./memory-database.ts";
import { belongsToAvatar, isBefore, rowsBy, saveRow, type RowKind } from "./rows.ts";

const trainingRows: RowKind<Training> = {
  entity: "training",
  id: (training) => training.id,
  rules: [
    ["training-active", (training) => (isActive(training) ? training.avatarId : undefined)],
    ["training-key", (training) => training.idempotencyKey],
    [
      "training-request",
      (training) => {
        const request = requestOf(training);
        return request && `${training.provider} ${request.requestId}`;
      },
    ],
  ],
};

const isActive = ({ state }: Training): boolean => activeStatuses.some((status) => status === state.status);

const newestFirst = (trainings: Training[]): Training[] => trainings.toReversed();

export const memoryTrainings = (run: Run): TrainingRepository => ({
  find: (id) => run(({ trainings }) => ok(trainings.get(id))),
  findByIdempotencyKey: (key) =>
    run(({ trainings }) => ok([...trainings.values()].find((training) => training.idempotencyKey === key))),
  listByAvatar: (avatarId) =>
    run(({ trainings }) =>
      ok(
        newestFirst(
          rowsBy(
            trainings,
            (training) => training.avatarId === avatarId,
            (training) => training.createdAt + training.id,
          ),
        ),
      ),
    ),
  save: (training) =>
    run((tables) =>
      belongsToAvatar(tables, training.avatarId).andThen(() => saveRow(tables.trainings, training, trainingRows)),
    ),
  dueBefore: (moment, limit) =>
    run(({ trainings }) =>
      ok(
        rowsBy(
          trainings,
          (training) => isBefore(training.nextCheckAt, moment),
          (training) => `${training.nextCheckAt}${training.id}`,
        ).slice(0, limit),
      ),
    ),
  lateBefore: (moment, limit) =>
    run(({ trainings }) =>
      ok(
        newestFirst(
          rowsBy(
            trainings,
            ({ state }) => "lateModel" in state && state.lateModel !== undefined && isBefore(state.finishedAt, moment),
            ({ id, state }) => `${"finishedAt" in state && state.finishedAt}${id}`,
          ),
        ).slice(0, limit),
      ),
    ),
  uncopiedBefore: (moment, limit) =>
    run(({ trainings }) =>
      ok(
        newestFirst(
          rowsBy(
            trainings,
            ({ state }) => "finishedAt" in state && isUncopied(state) && isBefore(state.finishedAt, moment),
            ({ id, state }) => `${"finishedAt" in state && state.finishedAt}${id}`,
          ),
        ).slice(0, limit),
      ),
    ),
  usesBlob: (key) => run(({ trainings }) => ok([...trainings.values()].some((training) => needs(training, key)))),
});

function isUncopied(state: TrainingState): boolean {
  const model = modelIn(state);
  return model !== undefined && copyOf(model) !== "stored";
}

function needs(training: Training, key: string): boolean {
  const model = modelIn(training.state);
  return (
    (isActive(training) && training.snapshot.manifest.some((entry) => entry.blobKey === key)) ||
    model?.weights.blobKey === key ||
    model?.config?.blobKey === key
  );
}
