/** Longest training id that is worth looking at, in characters; ours are UUIDs of 36. */
export const trainingIdLimit = 100;
