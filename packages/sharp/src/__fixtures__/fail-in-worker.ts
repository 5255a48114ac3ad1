import { errAsync } from "neverthrow";
import { serveInspector } from "../worker/serve-inspector.ts";

const cause = Object.assign(new Error("no memory"), { retry: () => undefined });

serveInspector({ inspect: () => errAsync({ type: "inspector-failure", cause }) });
