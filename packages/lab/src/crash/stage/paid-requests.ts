import type { FalFake } from "@likeness/fal/testing";

/** The paid requests that fal has received. */
export interface PaidRequests {
  /** The requests for an order that fal accepted or may have accepted: all but those it answered with 429. */
  posts(orderId: string): number;
  /** Whether fal accepted one. */
  taken(orderId: string): boolean;
}

export function paidRequests(fal: FalFake): PaidRequests {
  /**
   * Bodies of requests that were certainly not accepted. Each body is unique to its order, as it names the archive or a seed.
   */
  const refused: string[] = [];
  fal.control.subscribe((activity) => {
    if (activity.type === "request" && isSubmit(activity) && activity.status === 429)
      refused.push(JSON.stringify(activity.body));
  });
  return {
    posts: (orderId) => {
      const sent = fal.requests.filter(
        (request) => isSubmit(request) && orderInAddress(request.query.fal_webhook) === orderId,
      );
      const bodies = new Set(sent.map(({ body }) => JSON.stringify(body)));
      return sent.length - refused.filter((body) => bodies.has(body)).length;
    },
    taken: (orderId) => fal.control.accepted().some(({ webhookUrl }) => orderInAddress(webhookUrl) === orderId),
  };
}

const isSubmit = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method === "POST" && path.startsWith("/fal-ai/");

/** The order in a webhook's address. */
export const orderInAddress = (address: string | undefined): string | undefined =>
  address === undefined ? undefined : (new URL(address).searchParams.get("order") ?? undefined);
