/** A number from 0 up to, but not including, 1; a port, so that tests control it. Used only to spread waiting times. */
export type Random = () => number;
