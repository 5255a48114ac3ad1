import { openFal } from "./open-fal.ts";
import { openReplicate } from "./open-replicate.ts";
import type { Vendor, VendorName } from "./vendor.ts";

/** The providers whose orders are tested. */
export const vendors = {
  fal: () => openFal(),
  replicate: openReplicate,
} as const satisfies Record<VendorName, () => Promise<Vendor>>;
