import { addSeconds, type OperatorRepository, type RowPage, type Store, type Timestamp } from "@likeness/core";
import { testStart } from "../../clock/test-clock.ts";

/** A store with its part for operators, for the repositories of it. */
export type OperatorStore = Store & { readonly operator: OperatorRepository };

export type CreateOperatorStore = () => Promise<OperatorStore>;

/** Seconds before the start of the clock. */
export const ago = (seconds: number): Timestamp => addSeconds(testStart, -seconds);

export const all: RowPage = { limit: 10 };

export const limits = { quarter: ago(900), hour: ago(3_600), day: ago(86_400) };

export const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);
