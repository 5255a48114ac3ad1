import type { Generation, GenerationRepository } from "@likeness/core";
import { ok } from "neverthrow";
import type { Run } from "./memory-database.ts";
import { belongsToAvatar, rowsBy, saveRow, type RowKind } from "./rows.ts";

const generationRows: RowKind<Generation> = {
  entity: "generation",
  id: (generation) => generation.id,
  rules: [["generation-key", (generation) => generation.idempotencyKey]],
};

export const memoryGenerations = (run: Run): GenerationRepository => ({
  find: (id) => run(({ generations }) => ok(generations.get(id))),
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
});
