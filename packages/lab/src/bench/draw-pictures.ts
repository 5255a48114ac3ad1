import type { EngineName } from "./engines.ts";

/** Draws so many pictures at once. */
export type DrawPictures = (count: number) => Promise<void>;

export interface DrawerOptions {
  /** Absent: the bare calls. */
  readonly engine?: EngineName;
  readonly database: string;
  readonly folder: string;
  /** Where pictures are made. */
  readonly maker: string;
  /** Whether pictures are decoded; otherwise only their headers are read. */
  readonly decodes: boolean;
  /** How many owners there are, each with an avatar. */
  readonly owners: number;
}
