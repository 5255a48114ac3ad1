insert into "job" ("kind", "key", "payload", "run_at", "attempts") values ('training.check', 'unclaimed', '{"id":1}', '2026-01-01T00:00:00.000Z', 0);
insert into "job" ("kind", "key", "payload", "run_at", "attempts", "lease_owner", "lease_until") values ('training.check', 'under way', '{}', '2026-01-01T00:00:00.000Z', 1, 'a claim', '2026-01-01T00:00:30.000Z');
insert into "job" ("kind", "key", "payload", "run_at", "attempts", "last_error") values ('training.check', 'waiting', '{}', '2026-01-01T00:00:00.000Z', 2, 'it failed');
insert into "job" ("kind", "key", "payload", "run_at", "attempts", "last_error", "dead_at") values ('training.check', 'dead', '{}', '2026-01-01T00:00:00.000Z', 8, 'it failed', '2026-01-01T00:00:00.000Z');
