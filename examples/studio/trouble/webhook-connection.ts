/** The connection from fal to the bot. */
export interface WebhookConnection {
  readonly deliver: typeof fetch;
  /** Loses the next webhook, and calls `onLost` with its request. `undefined` cancels that. */
  loseNext(onLost: ((requestId: string) => void) | undefined): void;
}

/**
 * fal repeats a webhook that was not answered with 2xx, but neither follows nor repeats a redirect:
 * https://docs.fal.ai/model-endpoints/webhooks. So a redirect, e.g. of a proxy, is a realistic way to lose a webhook.
 */
const redirect = 308;

export function webhookConnection(): WebhookConnection {
  let losing: ((requestId: string) => void) | undefined;
  return {
    deliver: async (url, options) => {
      const onLost = losing;
      if (!onLost) return fetch(url, options);
      losing = undefined;
      onLost(new Headers(options?.headers).get("x-fal-webhook-request-id") ?? "");
      return new Response(null, { status: redirect });
    },
    loseNext: (onLost) => void (losing = onLost),
  };
}
