import type { HttpServer } from "../transport/http.ts";
import type { GlueContext } from "./glue/surface.ts";
import type { NativeContext } from "./native/surface.ts";

/** All that any surface may need; each names in its own `mount` what it takes of it. */
export type SurfaceContext = GlueContext & NativeContext;

/** A family of clients, ready to be put on the server. */
export interface SurfaceModule {
  readonly name: string;
  mount(server: HttpServer, context: SurfaceContext): void;
}
