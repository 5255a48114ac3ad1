import type { Policy } from "../policy.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";

/** When copying a model is given up, from when it began. */
export const copyDeadline = ({ copyDeadlineSeconds }: Policy, since: Timestamp): Timestamp =>
  addSeconds(since, copyDeadlineSeconds);
