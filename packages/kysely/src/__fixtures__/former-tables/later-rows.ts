const at = "2026-11-24T06:00:00.000Z";
const avatarId = "00000000-0000-7000-8000-e0000000004e";

/** Rows that a version had after its last step, beside those of `formerStatements`, by that step. */
export const laterRows: Readonly<Record<string, readonly string[]>> = {
  "0011-pictures": [
    `insert into likeness_session (key, value, version) values
      ('telegram:chat:17', '{"id":17}', 1), ('telegram:waits:18', '{}', 1), ('telegram:settings', '{}', 1),
      ('telegram:training:00000000-0000-7000-8000-e0000000005d', '{}', 1), ('telegram:drawing:gone', '{}', 1)`,
    `insert into likeness_picture (id, set_id, avatar_id, owner_id, plan, blob_key, bytes, content_type, width, height, favourite, created_at, version)
      values ('i1', 'i1', '${avatarId}', 'telegram:1', '{}', 'b1', 10, 'image/jpeg', 16, 16, 1, '${at}', 1)`,
  ],
  "0012-owners": [
    `insert into likeness_owner (id, locale, pictures_per_press, progress, last_seen_at, version) values
      ('telegram:2', 'kk', 4, 'hidden', '${at}', 3)`,
    `insert into likeness_consent (id, owner_id, version, text_hash, locale, message_id, given_at, withdrawn_at) values
      ('c1', 'telegram:2', '1', '00ff', 'en', '17', '${at}', null),
      ('c2', 'telegram:3', '1', '00ff', 'ru', null, '${at}', '${at}')`,
  ],
  "0013-credits": [
    `insert into likeness_credit_account (owner_id, balance, held, owed, entries) values ('telegram:2', 90, 20, 0, 2)`,
    `insert into likeness_credit_entry (id, owner_id, number, kind, amount, owed, reference, reason, created_at) values
      ('e1', 'telegram:2', 1, 'top_up', 100, 0, 'charge-1', null, '${at}'),
      ('e2', 'telegram:2', 2, 'capture', -10, 0, 'order-1', null, '${at}')`,
    `insert into likeness_credit_hold (id, owner_id, amount, state, created_at, settled_at) values
      ('order-1', 'telegram:2', 10, 'captured', '${at}', '${at}'), ('order-2', 'telegram:2', 20, 'held', '${at}', null)`,
  ],
  "0014-purchases": [
    `insert into likeness_purchase (id, key, owner_id, credits, amount, currency, created_at, invoiced_at) values
      ('p1', 'message:1', 'telegram:2', 100, 50, 'XTR', '${at}', '${at}'),
      ('p2', 'message:2', 'telegram:2', 100, 50, 'XTR', '${at}', null)`,
    `insert into likeness_payment (charge_id, owner_id, amount, currency, payload, purchase_id, state, credits, paid_at,
      refund_asked_at, refund_ordered_at, refunded_at, told, attention) values
      ('charge-1', 'telegram:2', 50, 'XTR', 'v1:p1', 'p1', 'booked', 100, '${at}', null, null, null, 1, 0),
      ('charge-2', 'telegram:2', 50, 'XTR', 'else', null, 'unassigned', 0, '${at}', null, null, null, 0, 1),
      ('charge-3', 'pseudonym', 50, 'XTR', 'v1:p3', 'p3', 'refunded', 100, '${at}', '${at}', '${at}', '${at}', 1, 0)`,
  ],
  "0015-guards": [
    `insert into likeness_spending (day, amount) values ('2026-11-24', 1500)`,
    `insert into likeness_switch (name, state, switched_at) values ('paid-work', 'off', '${at}')`,
    `insert into likeness_erased_count (id, owner_digest, placed_at, active_until, keep_until) values
      ('o1', '00ff', '${at}', null, '${at}')`,
  ],
  "0016-erasure": [
    `insert into likeness_erasure (id, status, requested_at, finished_at, work, next_check_at, erased, left_behind, version)
      values ('r1', 'under-way', '${at}', null, '{}', '${at}', '{}', '[]', 1), ('r2', 'done', '${at}', '${at}', null, null, '{}', '[]', 2)`,
    `insert into likeness_erased_order (order_id, endpoint, request_id, erased_at) values ('o1', 'fal-ai/flux', 'q1', '${at}')`,
  ],
  "0020-operator": [
    `insert into likeness_audit (id, operator, action, subject_type, subject_id, at, outcome, ended_at) values
      ('a1', 'olga', 'look', 'order', 'o1', '${at}', 'done', '${at}'), ('a2', 'olga', 'cancel', 'order', 'o1', '${at}', null, null)`,
    `insert into likeness_dismissal (subject_type, subject_id, at) values ('delivery', 'd1', '${at}')`,
  ],
  "0023-alarms": [
    `insert into likeness_alarm (cause, version, status, since, calm_since, facts, calm_seconds, told) values
      ('jobs-dead', 1, 'on', '${at}', null, '{"count":1}', 900, '{}'),
      ('messages-dead', 2, 'over', '${at}', '${at}', '{"count":1}', 900, '{}')`,
    `insert into likeness_sighting (what, subject, seen_at, http_status, cleared_at) values
      ('provider-refused', 'fal submit', '${at}', 402, null), ('webhook-refused', 'fal', '${at}', null, '${at}')`,
  ],
};
