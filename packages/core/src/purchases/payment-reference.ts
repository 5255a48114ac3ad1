import { sha256 } from "../blobs/sha256.ts";

/** The ledger's longest. */
const longest = 200;

/** What a payment is booked for in the ledger: the id of its charge, or its digest if the id is very long. */
export const paymentReference = async (chargeId: string): Promise<string> =>
  chargeId.length <= longest ? chargeId : `sha256:${await sha256(new TextEncoder().encode(chargeId))}`;
