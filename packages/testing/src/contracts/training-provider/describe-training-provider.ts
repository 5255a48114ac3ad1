import { describe } from "vitest";
import { describeRequests } from "./describe-requests.ts";
import { describeSubmit } from "./describe-submit.ts";
import { describeUpload } from "./describe-upload.ts";
import type { CreateTrainingProvider } from "./subject.ts";

/** The contract of a `TrainingProvider`. `create` is called once per test; the provider knows no request yet. */
export function describeTrainingProvider(name: string, create: CreateTrainingProvider): void {
  describe(`TrainingProvider: ${name}`, () => {
    describeUpload(create);
    describeSubmit(create);
    describeRequests(create);
  });
}
