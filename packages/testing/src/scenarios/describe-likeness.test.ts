import { memoryStore } from "../fakes/storage/memory-store.ts";
import { describeLikeness } from "./describe-likeness.ts";

describeLikeness("memory", async (clock) => memoryStore({ clock }));
