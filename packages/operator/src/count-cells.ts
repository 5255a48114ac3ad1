import type { RowCount } from "@likeness/core";

/** Status, number and ages of what is counted, as the page and the terminal show them. */
export const countCells = ({ status, count, more, ages }: RowCount): string[] =>
  [status, more ? `${count} or more` : count, ages.quarter, ages.hour, ages.day, ages.older].map(String);
