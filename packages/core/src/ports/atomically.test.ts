import { err, errAsync, ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { atomically } from "./atomically.ts";
import type { SaveError } from "./storage-errors.ts";
import type { Repositories, Store } from "./store.ts";

/** What is tried here reads and writes nothing. */
const store: Pick<Store, "atomically"> = { atomically: (work) => work({} as Repositories) };

const conflict: SaveError = { type: "version-conflict", entity: "avatar", id: "avatar-1" };
const exists: SaveError = { type: "already-exists", rule: "training-active" };
const failure: SaveError = { type: "storage-failure", cause: "the disk is full" };

const many = (count: number, error: SaveError): SaveError[] => Array.from({ length: count }, () => error);

/**
 * Runs a transaction that fails with these errors, one after the other, before it succeeds, and counts its attempts.
 */
async function run(errors: readonly (SaveError | { readonly type: "not-ready" })[]) {
  let begun = 0;
  const result = await atomically(store, () => {
    const error = errors[begun++];
    return error ? errAsync(error) : okAsync("done");
  });
  return { result, begun };
}

describe("atomically", () => {
  it("begins again when another writer came in between", async () => {
    expect(await run([conflict, exists])).toStrictEqual({ result: ok("done"), begun: 3 });
  });

  it("works at the tenth try, and gives up after it", async () => {
    expect(await run(many(9, conflict))).toStrictEqual({ result: ok("done"), begun: 10 });
    expect(await run(many(10, exists))).toStrictEqual({
      result: err({ type: "storage-failure", cause: exists }),
      begun: 10,
    });
  });

  it("does not try again what no other writer caused", async () => {
    expect(await run([failure])).toStrictEqual({ result: err(failure), begun: 1 });
    expect(await run([{ type: "not-ready" }])).toStrictEqual({ result: err({ type: "not-ready" }), begun: 1 });
  });
});
