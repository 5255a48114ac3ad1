import type { Consent, Timestamp } from "@likeness/core";
import { withoutNulls } from "./columns.ts";

export interface ConsentRow {
  readonly id: string;
  readonly owner_id: string;
  readonly version: string;
  readonly text_hash: string;
  readonly locale: string;
  readonly message_id: string | null;
  readonly given_at: Timestamp;
  readonly withdrawn_at: Timestamp | null;
}

export const consentRow = (consent: Consent): ConsentRow => ({
  id: consent.id,
  owner_id: consent.ownerId,
  version: consent.version,
  text_hash: consent.textHash,
  locale: consent.locale,
  message_id: consent.messageId ?? null,
  given_at: consent.givenAt,
  withdrawn_at: consent.withdrawnAt ?? null,
});

export const consentOf = (row: ConsentRow): Consent => ({
  id: row.id,
  ownerId: row.owner_id,
  version: row.version,
  textHash: row.text_hash,
  locale: row.locale,
  givenAt: row.given_at,
  ...withoutNulls({ messageId: row.message_id, withdrawnAt: row.withdrawn_at }),
});
