type Handler = (request: Request) => Promise<Response>;

/** Some requests to a route that fail: with a status, or with a reset connection. */
export interface RouteFault {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: number | "drop";
  readonly times: number;
}

/** A handler whose routes can be made to fail. */
export function withFaults(handler: Handler): { readonly fetch: Handler; fault(fault: RouteFault): void } {
  const waiting: RouteFault[] = [];
  return {
    fault: (fault) => waiting.push(...Array.from({ length: fault.times }, () => fault)),
    fetch: async (request) => {
      const { pathname } = new URL(request.url);
      const index = waiting.findIndex(({ method, path }) => method === request.method && path.test(pathname));
      const [found] = index < 0 ? [] : waiting.splice(index, 1);
      if (!found) return handler(request);
      return found.answer === "drop" ? Response.error() : new Response(null, { status: found.answer });
    },
  };
}
