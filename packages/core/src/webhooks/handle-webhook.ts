import { answerWebhook, type AnswerPorts } from "./answer-webhook.ts";
import { requestBody } from "./read-body.ts";

/** The webhook endpoint as a function of web standards. */
export const handleWebhook =
  (ports: AnswerPorts) =>
  async (request: Request): Promise<Response> => {
    const { method, url } = request;
    const { status, headers, body } = await answerWebhook(ports, {
      method,
      url,
      headers: Object.fromEntries(request.headers),
      body: () => requestBody(request),
    });
    return Response.json(body, { status, headers });
  };
