import type { FalFake } from "@likeness/fal/testing";

/** Counts, for a training, the paid requests that fal took or may have taken: all but those answered with 429. */
export function paidRequests(fal: FalFake): (trainingId: string) => number {
  /** Bodies of those that surely were not taken. A body is its training's own: it names the archive. */
  const refused: string[] = [];
  fal.control.subscribe((activity) => {
    if (activity.type === "request" && isSubmit(activity) && activity.status === 429)
      refused.push(JSON.stringify(activity.body));
  });
  return (trainingId) => {
    const sent = fal.requests.filter((request) => isSubmit(request) && trainingOf(request.query) === trainingId);
    const bodies = new Set(sent.map(({ body }) => JSON.stringify(body)));
    return sent.length - refused.filter((body) => bodies.has(body)).length;
  };
}

const isSubmit = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method === "POST" && path.startsWith("/fal-ai/");

/** Which training a webhook's address names. */
const trainingOf = ({ fal_webhook: address }: Readonly<Record<string, string>>): string | null | undefined =>
  address === undefined ? undefined : new URL(address).searchParams.get("training");
