import { err, ok, type Result } from "neverthrow";
import { z } from "zod";

/** The charge that a job is about. */
export function chargeIdIn(payload: unknown): Result<string, "no-charge"> {
  const read = schema.safeParse(payload);
  return read.success ? ok(read.data.chargeId) : err("no-charge");
}

const schema = z.object({ chargeId: z.string() });
