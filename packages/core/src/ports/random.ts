/** A number from 0 up to, but not including, 1, so that tests own chance. It only spreads waiting times. */
export type Random = () => number;
