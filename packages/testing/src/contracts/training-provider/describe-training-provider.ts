import { describe } from "vitest";
import { describeRequests } from "./describe-requests.ts";
import { describeSubmit } from "./describe-submit.ts";
import { describeUpload } from "./describe-upload.ts";
import type { CreateTrainingProvider } from "./subject.ts";

/** What every `TrainingProvider` has to do. `create` is called once per case; the provider knows no request yet. */
export function describeTrainingProvider(name: string, create: CreateTrainingProvider): void {
  describe(`TrainingProvider: ${name}`, () => {
    describeUpload(create);
    describeSubmit(create);
    describeRequests(create);
  });
}
