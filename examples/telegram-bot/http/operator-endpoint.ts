import { toNodeListener, type Log, type OperatorCommands } from "@likeness/core";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import type { Settings } from "../settings/settings.ts";

/** Path of the operator's page below the public URL. */
const path = "/operator";

/**
 * The operator's page, where there is a token for it; without one, its package is not imported. It reads its forms itself, so
 * that long ones are refused early.
 */
export function operatorEndpoint(
  settings: Settings["operator"],
  operator: OperatorCommands,
  log: Log,
): FastifyPluginAsync | undefined {
  if (!settings) return undefined;
  const { token, ...options } = settings;
  return async (scope) => {
    const { operatorPage } = await import("@likeness/operator");
    const listen = toNodeListener(operatorPage({ operator, path, access: { token }, ...options, log }));
    const handler = async ({ raw }: FastifyRequest, reply: FastifyReply): Promise<void> => {
      void reply.hijack();
      listen(raw, reply.raw);
    };
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _body, done) => done(null));
    for (const url of [path, `${path}/*`]) scope.route({ method: scope.supportedMethods, url, handler });
  };
}
