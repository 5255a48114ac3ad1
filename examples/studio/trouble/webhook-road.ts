/** The way from fal to the bot. */
export interface WebhookRoad {
  readonly deliver: typeof fetch;
  /** The next webhook does not arrive, and `onLost` hears of which request it was. Undefined takes it back. */
  loseNext(onLost: ((requestId: string) => void) | undefined): void;
}

/**
 * fal repeats whatever was not answered with 2xx, but neither follows nor repeats a redirect:
 * https://docs.fal.ai/model-endpoints/webhooks. So this is how webhooks really get lost, say at a proxy.
 */
const redirect = 308;

export function webhookRoad(): WebhookRoad {
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
