/**
 * Callback data of the shop's buttons, at most 64 bytes: `stars:buy:<credits>:<stars>`, `stars:refund` and
 * `stars:refund:<digest of the charge's id>`. It is user input, as all callback data.
 */
export type ShopData =
  | { readonly verb: "buy"; readonly credits: number; readonly stars: number }
  | { readonly verb: "refund"; readonly digest?: string | undefined };

export const shopData = (data: ShopData): string =>
  data.verb === "buy"
    ? `stars:buy:${data.credits}:${data.stars}`
    : `stars:refund${data.digest === undefined ? "" : `:${data.digest}`}`;

/** `old`: ours, but not known any more; `undefined`: somebody else's. */
export function parseShopData(data: string | undefined): ShopData | "old" | undefined {
  if (!data?.startsWith("stars:")) return undefined;
  const [, credits, stars] = /^stars:buy:(\d{1,6}):(\d{1,6})$/.exec(data) ?? [];
  if (credits !== undefined && stars !== undefined)
    return { verb: "buy", credits: Number(credits), stars: Number(stars) };
  const refund = /^stars:refund(?::([0-9a-f]{16}))?$/.exec(data);
  return refund ? { verb: "refund", digest: refund[1] } : "old";
}
