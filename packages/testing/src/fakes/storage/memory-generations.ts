import type { Generation, GenerationRepository } from "@likeness/core";
import { ok } from "neverthrow";
import type { Run } from "./memory-database.ts";
import { belongsToAvatar, isBefore, rowsBy, saveRow, type RowKind } from "./rows.ts";

const generationRows: RowKind<Generation> = {
  entity: "generation",
  id: (generation) => generation.id,
  rules: [
    ["generation-key", (generation) => generation.idempotencyKey],
    [
      "generation-request",
      ({ provider, state }) => {
        const request = "request" in state ? state.request : undefined;
        return request && `${provider} ${request.requestId}`;
      },
    ],
  ],
};

export const memoryGenerations = (run: Run): GenerationRepository => ({
  find: (id) => run(({ generations }) => ok(generations.get(id))),
  findByIdempotencyKey: (key) =>
    run(({ generations }) => ok([...generations.values()].find((generation) => generation.idempotencyKey === key))),
  listByAvatar: (avatarId) =>
    run(({ generations }) =>
      ok(
        rowsBy(
          generations,
          (generation) => generation.avatarId === avatarId,
          (generation) => generation.createdAt + generation.id,
        ).toReversed(),
      ),
    ),
  save: (generation) =>
    run((tables) =>
      belongsToAvatar(tables, generation.avatarId).andThen(() =>
        saveRow(tables.generations, generation, generationRows),
      ),
    ),
  dueBefore: (moment, limit) =>
    run(({ generations }) =>
      ok(
        rowsBy(
          generations,
          (generation) => isBefore(generation.nextCheckAt, moment),
          (generation) => `${generation.nextCheckAt}${generation.id}`,
        ).slice(0, limit),
      ),
    ),
});
