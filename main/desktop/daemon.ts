import type { Areas } from "../areas/index.ts";
import type { Routes } from "../contract/define.ts";
import type { StreamSources } from "../kernel/invoke.ts";

/** What the desktop needs of the daemon. Front ends share the routes that HTTP uses: one writer per fact. */
export interface DesktopDaemon {
  readonly areas: Areas;
  readonly routes: { readonly [A in keyof Areas]: Routes<Areas[A]> };
  readonly bus: {
    readonly seq: number;
    subscribe(
      listener: (event: { readonly type: string; readonly seq: number; readonly payload: unknown }) => void,
    ): () => void;
  };
  readonly streams: StreamSources;
  readonly address: {
    readonly baseUrl: string;
    readonly metadataPath: string | null;
    readonly ownerKey: string;
  };
  activeRunCount(): number;
  /** Takes no new runs, settles what waits, ends streams. */
  stop(): Promise<void>;
}
