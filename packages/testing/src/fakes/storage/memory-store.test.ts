import { testClock } from "../../clock/test-clock.ts";
import { describeStore } from "../../contracts/store/describe-store.ts";
import { memoryStore } from "./memory-store.ts";

describeStore("memory", async () => memoryStore({ clock: testClock() }).store);
