/** Imports and requires every built entry of every package once. */
import { loadEntries } from "./host/entries.ts";
import { entriesOf, publishedPackages } from "./published-packages.ts";

await loadEntries(publishedPackages().flatMap((published) => entriesOf(published).map(({ specifier }) => specifier)));
