import type { ProviderRequest } from "@likeness/core";
import { withoutNulls, notNull } from "./columns.ts";

/** The provider's handle of an accepted request, in the tables that have one. */
export interface RequestColumns {
  readonly request_id: string | null;
  readonly status_url: string | null;
  readonly response_url: string | null;
  readonly cancel_url: string | null;
}

export const requestColumns = (request: ProviderRequest | undefined): RequestColumns => ({
  request_id: request?.requestId ?? null,
  status_url: request?.statusUrl ?? null,
  response_url: request?.responseUrl ?? null,
  cancel_url: request?.cancelUrl ?? null,
});

export const requestIn = (row: RequestColumns): ProviderRequest => ({
  requestId: notNull(row.request_id),
  ...withoutNulls({ statusUrl: row.status_url, responseUrl: row.response_url, cancelUrl: row.cancel_url }),
});
