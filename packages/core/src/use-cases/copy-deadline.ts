import type { Policy } from "../domain/policy.ts";
import { addSeconds, type Timestamp } from "../domain/timestamp.ts";

/** When copying a model is given up, from when it began. */
export const copyDeadline = ({ copyDeadlineSeconds }: Policy, since: Timestamp): Timestamp =>
  addSeconds(since, copyDeadlineSeconds);
