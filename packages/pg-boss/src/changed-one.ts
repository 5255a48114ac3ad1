import type { CommandResponse } from "pg-boss";

/** Whether a command about one claim has found it valid. The type of the answer leaves its fields out. */
export const changedOne = (response: CommandResponse): boolean => "affected" in response && response.affected === 1;
