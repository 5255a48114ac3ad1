import type { Erasure, LeftBehind } from "@likeness/core";
import { databaseProblem, type Answer } from "../operator/answer.ts";
import type { OperatorContext } from "../operator/run-command.ts";

/** Prints the receipt of an erasure: what is gone, and what is left where. It names nobody. */
export const sayReceipt = ({ store }: Pick<OperatorContext, "store">, receiptId: string): Promise<Answer> =>
  store.erasures.find(receiptId).match(
    (erasure): Answer =>
      erasure
        ? { lines: linesOf(erasure), exitCode: 0 }
        : { lines: [`There is no receipt ${receiptId}.`], exitCode: 1 },
    (failure): Answer => ({ lines: [databaseProblem(failure)], exitCode: 1 }),
  );

function linesOf({ requestedAt, state, erased, left }: Erasure): string[] {
  const { avatars, photos, orders, pictures, files, atProvider } = erased;
  return [
    `asked for at ${requestedAt}`,
    state.status === "done"
      ? `done at ${state.finishedAt}`
      : `under way: all rows are gone, files and the provider's part follow; looked at next at ${state.nextCheckAt}`,
    `erased: ${avatars} avatars, ${photos} photos, ${orders} orders, ${pictures} pictures`,
    `deleted so far: ${files} files, the data of ${atProvider} orders at the provider`,
    ...(left.length === 0 ? ["left behind: nothing that is known"] : left.map(lineOf)),
  ];
}

function lineOf({ provider, reason, status, detail, requestIds, orders }: LeftBehind): string {
  const why = [reason, status, detail].filter((part) => part !== undefined).join(", ");
  const requests = requestIds.length === 0 ? "" : `; its requests: ${requestIds.join(" ")}`;
  return `left behind at ${provider}: the data of ${orders} orders (${why})${requests}`;
}
