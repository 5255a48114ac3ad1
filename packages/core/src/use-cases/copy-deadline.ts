import type { Policy } from "../domain/policy.ts";
import { addSeconds, type Timestamp } from "../domain/timestamp.ts";

/** When a model is given up that is to be copied since a moment. */
export const copyDeadline = ({ copyDeadlineSeconds }: Policy, since: Timestamp): Timestamp =>
  addSeconds(since, copyDeadlineSeconds);
