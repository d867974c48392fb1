import { AppError } from "../../contract/errors.ts";
import type { HttpServer } from "../../transport/http.ts";
import { mountSurface, type MountDeps } from "../../transport/surface-kit/mount.ts";
import type { Refusal } from "../../transport/surface-kit/refusals.ts";

const refusal = (status: number, code: string, message: string): Refusal => ({ status, code, message });

/** Where no family of clients lives. Who is lost here is most likely a client of Glue with a wrong base address: it is told so as it understands it. */
export function mount(server: HttpServer, deps: MountDeps): void {
  const nothingHere = refusal(404, "not_found", "nothing answers here");
  mountSurface(
    server,
    {
      name: "nobody",
      owns: ["/"],
      routes: [],
      authenticate: () => null,
      order: "route first",
      refusals: {
        foreign: ({ reason }) => refusal(403, "forbidden", reason),
        unauthenticated: () => nothingHere,
        forbidden: () => nothingHere,
        unknownRoute: () => nothingHere,
        wrongMethod: () => nothingHere,
        undecodablePath: () => refusal(400, "invalid_request", "The path can't be decoded."),
        tooLarge: () => nothingHere,
        tooMuch: () => nothingHere,
        unreadable: ({ message }) => refusal(400, "invalid_request", message),
        internal: () => refusal(500, "internal", "Something went wrong inside Gatehouse."),
      },
      refusalOf: (error) => (error instanceof AppError ? error : null),
      envelope: ({ code, message }) => ({ error: { code, message, retryable: false } }),
      contentType: "application/json",
      serialize: JSON.stringify,
      bodyLimitBytes: 1024,
      contentTypeIsRead: false,
    },
    deps,
  );
}
