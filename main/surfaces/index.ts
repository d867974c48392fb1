import type { HttpServer } from "../transport/http.ts";
import * as glue from "./glue/surface.ts";
import type { SurfaceContext, SurfaceModule } from "./module.ts";
import * as native from "./native/surface.ts";
import * as nobody from "./nobody/surface.ts";

/** Every family of clients. The server refuses to start when two of them answer at the same place. */
export const surfaces: readonly SurfaceModule[] = [
  { name: "glue", mount: glue.mount },
  { name: "native", mount: native.mount },
  { name: "nobody", mount: nobody.mount },
];

export function mountSurfaces(
  server: HttpServer,
  context: Omit<SurfaceContext, "report"> & { readonly report: (source: string, error: unknown) => void },
): void {
  for (const { name, mount } of surfaces) {
    mount(server, { ...context, report: (error) => context.report(name, error) });
  }
}
