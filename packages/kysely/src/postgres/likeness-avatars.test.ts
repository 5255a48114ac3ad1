import { describeOnPostgres } from "../__fixtures__/likeness-on-postgres.ts";

describeOnPostgres("avatars", "images");
