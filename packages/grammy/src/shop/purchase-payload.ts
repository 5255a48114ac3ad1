/** What our invoices carry: `v1:` and the id of the purchase. At most 128 bytes, and never shown to anybody. */
export const payloadOf = (purchaseId: string): string => `v1:${purchaseId}`;

/** The id of the purchase; `undefined`: the invoice is not ours. */
export const purchaseIdIn = (payload: string): string | undefined => /^v1:([\w-]{1,100})$/.exec(payload)?.[1];
