import { ResultAsync, type Result } from "neverthrow";

/**
 * Does the work of a batch. It calls `take` when it can begin, e.g. once it has a connection, so that what comes until then
 * goes along; further calls return the same items. It answers each item, in their order.
 */
export type BatchWork<Item, Answer, Failure> = (take: () => readonly Item[]) => ResultAsync<readonly Answer[], Failure>;

export interface BatchOptions {
  /** How many items go together at most. */
  readonly size: number;
  /** Calls back when items have waited long enough for the batch under way. Returns a function that calls it off. */
  readonly afterPatience: (callback: () => void) => () => void;
}

interface Waiting<Item, Answer, Failure> {
  readonly item: Item;
  readonly give: (result: Result<Answer, Failure>) => void;
  readonly fail: (cause: unknown) => void;
}

/**
 * Does together what is asked for at about the same time. An item that comes alone begins at once; those that come while
 * a batch is under way form the next one, which begins when that has ended, when it is full, or when its patience is over.
 * If a batch fails after it took its items, each of them is done alone, so that none fails because of another.
 */
export function inBatches<Item, Answer, Failure>(
  work: BatchWork<Item, Answer, Failure>,
  { size, afterPatience }: BatchOptions,
): (item: Item) => ResultAsync<Answer, Failure> {
  type Each = Waiting<Item, Answer, Failure>;
  const waiting: Each[] = [];
  let underWay = 0;
  let callOff: (() => void) | undefined;

  /** Does what `take` returns; what fails in company is done again alone. */
  const run = async (take: () => readonly Each[]): Promise<void> => {
    let taken = undefined as readonly Each[] | undefined;
    const takeOnce = () => (taken ??= take());
    const settled = await settle(() => work(() => takeOnce().map(({ item }) => item)));
    const wasTaken = taken !== undefined;
    const items = takeOnce();
    const failed = "thrown" in settled || settled.result.isErr();
    if (failed && wasTaken && items.length > 1) await Promise.all(items.map((each) => run(() => [each])));
    else if ("thrown" in settled) for (const { fail } of items) fail(settled.thrown);
    else
      for (const [index, { give }] of items.entries()) give(settled.result.map((answers) => answers[index] as Answer));
  };

  const begin = (): void => {
    callOff?.();
    callOff = undefined;
    underWay += 1;
    void run(() => waiting.splice(0, size)).then(() => {
      underWay -= 1;
      beginOrWait();
    });
  };

  const beginOrWait = (): void => {
    if (waiting.length === 0) return;
    if (underWay === 0) begin();
    else callOff ??= afterPatience(begin);
  };

  return (item) =>
    new ResultAsync(
      new Promise((give, fail) => {
        waiting.push({ item, give, fail });
        if (waiting.length % size === 0) begin();
        else beginOrWait();
      }),
    );
}

/** A throw is told apart from an `Err`, because it is a mistake in the work. */
async function settle<T, E>(work: () => ResultAsync<T, E>) {
  try {
    return { result: await work() };
  } catch (thrown) {
    return { thrown };
  }
}
