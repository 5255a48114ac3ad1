import type { Cast, CastOptions } from "./cast.ts";
import { openCluster } from "./open-cluster.ts";
import { openSingle } from "./open-single.ts";

export interface Stage {
  /** The folder of the data, relative to the directory of the command. */
  readonly folder: string;
  /** The page's port at the first start; the other ports follow it. */
  readonly firstPort: number;
  open(options: CastOptions): Promise<Cast>;
}

/** The setups that the studio can run. */
export const stages = {
  /** `npm run demo` */
  single: { folder: "data/studio", firstPort: 4700, open: openSingle },
  /** `npm run demo:cluster` */
  cluster: { folder: "data/cluster", firstPort: 4710, open: openCluster },
} as const satisfies Record<string, Stage>;
