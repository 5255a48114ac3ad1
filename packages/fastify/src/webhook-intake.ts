import type { StorageFailure, WebhookRejected } from "@likeness/core";
import type { ResultAsync } from "neverthrow";

/** Proof that an address was made by us, for this training. */
export interface WebhookAdmission {
  readonly trainingId: string;
}

export interface WebhookNotFound {
  readonly type: "webhook-not-found";
}

/** What the endpoint calls. `createLikeness` of `@likeness/core` returns one. */
export interface WebhookIntake {
  /** Checks the token of the address. Asked before the body is read. */
  admitWebhook(query: {
    readonly trainingId: string;
    readonly token: string;
  }): ResultAsync<WebhookAdmission, WebhookNotFound>;
  /** Verifies the delivery and stores it, once. */
  receiveWebhook(command: {
    readonly admission: WebhookAdmission;
    readonly headers: Readonly<Record<string, string | undefined>>;
    readonly body: Uint8Array;
  }): ResultAsync<{ readonly stored: "new" | "known" }, WebhookRejected | StorageFailure>;
}
