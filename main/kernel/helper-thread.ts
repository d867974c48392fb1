import { parentPort, Worker } from "node:worker_threads";

/** Pure functions by their names. What goes in and comes out is plain data. */
export type Helpers = Readonly<Record<string, (...args: never[]) => unknown>>;

type Asked<H extends Helpers> = {
  readonly [N in keyof H]: (...args: Parameters<H[N]>) => Promise<ReturnType<H[N]>>;
};

interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
}

type Answer = { readonly value: unknown } | { readonly failure: Error };

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (reason: unknown) => void;
}

/** Who does nothing for so long ends, and gives its memory back. */
const IDLE_MS = 10_000;
/** Nothing honest takes as long. */
const MAX_MS = 30_000;
const HEAP = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

/**
 * Does in a thread of its own what would hold the main one, in the order in which it is asked. It is started by the first call.
 *
 * Contract: what a function throws comes out as an Error with the same message. A call that does not end ends the thread.
 */
export function createHelperThread<H extends Helpers>(
  script: URL,
  names: readonly (keyof H & string)[],
): Asked<H> {
  const waiting: Waiting[] = [];
  let worker: Worker | null = null;
  let timer: NodeJS.Timeout | undefined;

  const end = (ended: Worker, reason: Error) => {
    if (worker !== ended) return;
    worker = null;
    clearTimeout(timer);
    for (const { reject } of waiting.splice(0)) reject(reason);
    void ended.terminate();
  };

  /** Anew with each answer: what waits behind it has its own time. */
  const watch = (watched: Worker) => {
    clearTimeout(timer);
    const isIdle = waiting.length === 0;
    if (isIdle) watched.unref();
    else watched.ref();
    timer = setTimeout(() => end(watched, new Error("it took too long")), isIdle ? IDLE_MS : MAX_MS).unref();
  };

  const start = (): Worker => {
    const started = new Worker(script, { resourceLimits: HEAP });
    started.on("message", (answer: Answer) => {
      const asked = waiting.shift();
      if ("failure" in answer) asked?.reject(answer.failure);
      else asked?.resolve(answer.value as never);
      watch(started);
    });
    started.on("error", (error) => end(started, error as Error));
    started.on("exit", () => end(started, new Error("the thread ended")));
    return started;
  };

  const call = (name: string, args: readonly unknown[]) =>
    new Promise<never>((resolve, reject) => {
      worker ??= start();
      worker.postMessage({ name, args } satisfies Call, []);
      waiting.push({ resolve, reject });
      if (waiting.length === 1) watch(worker);
    });

  return Object.fromEntries(
    names.map((name) => [name, (...args: unknown[]) => call(name, args)]),
  ) as unknown as Asked<H>;
}

/** The other end: answers what is asked, one after the other. */
export function answerWith(helpers: Helpers): void {
  parentPort?.on("message", ({ name, args }: Call) => {
    parentPort?.postMessage(answer(helpers, name, args), []);
  });
}

function answer(helpers: Helpers, name: string, args: readonly unknown[]): Answer {
  try {
    const helper = helpers[name];
    if (helper === undefined) throw new Error(`there is no helper "${name}"`);
    return { value: helper(...(args as never[])) };
  } catch (error) {
    return { failure: error instanceof Error ? error : new Error(String(error)) };
  }
}
