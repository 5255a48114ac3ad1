import type { Profile, WebhookEvent } from "@likeness/core";
import { z } from "zod";
import { answerDetail } from "../http/answer-detail.ts";
import { plainDetail } from "../http/plain-detail.ts";
import { readImages } from "../images/read-images.ts";
import { readModel, type ModelFields } from "../model/read-model.ts";
import { progressEvent, queueStatus } from "../requests/request-status.ts";

/** The result fields of fal's trainers that hold files; a webhook does not say which trainer it is from. */
const commonFields: readonly ModelFields[] = [
  { weightsField: "diffusers_lora_file", configField: "config_file" },
  { weightsField: "lora_file", configField: "config_file" },
];

/** Maps a webhook to our event; undefined when it reports a success without a model or an image. */
export const webhookEvent =
  (profiles: readonly Pick<Profile, keyof ModelFields>[]) =>
  (body: WebhookBody): WebhookEvent | undefined => {
    const requestId = body.request_id;
    switch (body.status) {
      case "OK": {
        // fal could not include the result in the webhook, so it has to be fetched.
        if (body.payload == null) return { type: "finished", requestId };
        const { payload } = body;
        const model = [...profiles, ...commonFields].map((fields) => readModel(payload, fields)).find(Boolean);
        const outcome = model ?? readImages(payload);
        return outcome && { type: "succeeded", requestId, outcome };
      }
      case "ERROR":
        return { type: "failed", requestId, detail: failureDetail(body) };
      default:
        return progressEvent(requestId, body);
    }
  };

function failureDetail({ payload, error }: z.infer<typeof outcome>): string {
  const said = typeof error === "string" ? plainDetail(error) : "";
  return answerDetail(payload) ?? (said || "the training failed");
}

const requestIds = { request_id: z.string().min(1) };

const outcome = z.object({
  ...requestIds,
  status: z.enum(["OK", "ERROR"]),
  payload: z.unknown().optional(),
  error: z.unknown().optional(),
});

/** fal sends outcomes only; a relay or a test may send the queue's status too. */
const progress = queueStatus.extend({ ...requestIds, status: z.enum(["IN_QUEUE", "IN_PROGRESS"]) });

export const webhookBody = z.discriminatedUnion("status", [outcome, progress]);

export type WebhookBody = z.infer<typeof webhookBody>;
