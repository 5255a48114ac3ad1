import { memoryStore } from "../../fakes/storage/memory-store.ts";
import { describeOperator } from "./describe-operator.ts";

describeOperator("memory", async (clock) => memoryStore({ clock }));
