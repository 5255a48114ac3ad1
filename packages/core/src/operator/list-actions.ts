import { errAsync, type ResultAsync } from "neverthrow";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { AuditEntry, AuditFilter } from "./audit-entry.ts";
import { cut, pageOf, type OperatorPage, type PageCommand } from "./cursor.ts";
import { storeUnavailable } from "./needs.ts";
import type { InvalidCursor, OperatorUnavailable } from "./operator-errors.ts";

export type ListActions = AuditFilter & PageCommand;

export type ListActionsError = OperatorUnavailable | InvalidCursor | StorageFailure;

/** What operators have done, newest first. */
export const listActions = (
  { store: { operator } }: Pick<Ports, "store">,
  { subject, ...command }: ListActions = {},
): ResultAsync<OperatorPage<AuditEntry>, ListActionsError> =>
  operator
    ? pageOf(command).asyncAndThen((page) =>
        operator.audit
          .list({ subject }, page)
          .map((entries) =>
            cut(entries, page.wanted, { itemOf: (entry) => entry, placeOf: ({ at, id }) => ({ at, id }) }),
          ),
      )
    : errAsync(storeUnavailable);
