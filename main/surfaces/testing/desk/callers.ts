import { createHmac, randomBytes } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { AccessScope, Principal } from "../../../contract/principal.ts";
import { isSameSecret } from "../../../kernel/same-secret.ts";
import { bearerToken } from "../../../transport/authenticate.ts";
import { Refused } from "../../../transport/surface-kit/refusals.ts";
import { headerValue } from "../../../transport/surface-kit/request-parts.ts";
import type { Authenticate } from "../../../transport/surface-kit/surface.ts";

/** The one table of this family: each of its credentials, and what it opens of ours. */
const SCOPES = {
  "key-watch": ["follow"],
  "key-work": ["run", "follow"],
  login: ["run", "follow", "answer", "remember"],
  "desk:work": ["run"],
  "desk:watch": ["follow"],
} as const satisfies Readonly<Record<string, readonly AccessScope[]>>;

const PASSWORD = "open sesame";
const COOKIE = "desk_session";
export const ISSUER = { name: "https://login.example", audience: "desk", secret: "a shared secret" };

interface Login {
  readonly csrf: string;
  readonly principal: Principal;
}

const client = (id: string, scopes: readonly AccessScope[]): Principal => ({
  kind: "client",
  id: `desk:${id}`,
  name: id,
  door: "api",
  proof: "token",
  scopes: new Set(scopes),
  label: "",
});

export interface DeskCallers {
  readonly authenticate: Authenticate;
  /** Null for a wrong password; otherwise what to set, and what to send with everything that changes something. */
  login(password: string): { readonly cookie: string; readonly csrf: string } | null;
  logout(request: FastifyRequest): void;
}

/** Three kinds of credentials side by side: an API key in a header, a cookie with a CSRF token, a signed bearer token. */
export function createDeskCallers(now: () => number): DeskCallers {
  const logins = new Map<string, Login>();

  const ofKey = (key: string): Principal | null =>
    key === "key-watch" || key === "key-work" ? client(key, SCOPES[key]) : null;

  const ofCookie = (request: FastifyRequest, session: string): Principal | null => {
    const login = logins.get(session);
    if (login === undefined) return null;
    const isHarmless = request.method === "GET" && request.headers.upgrade === undefined;
    const isUpgrade = request.headers.upgrade !== undefined && request.headers.origin !== undefined;
    if (!isHarmless && !isUpgrade && headerValue(request, "x-csrf-token") !== login.csrf) {
      throw new Refused({ status: 403, code: "csrf", message: "csrf token missing" });
    }
    return login.principal;
  };

  return {
    authenticate: (request) => {
      const key = headerValue(request, "x-api-key");
      if (key !== undefined) return ofKey(key);
      const token = bearerToken(request.headers.authorization);
      // Whoever asks an issuer about a token waits for it.
      if (token !== null) return Promise.resolve().then(() => ofToken(token, now()));
      const session = sessionOf(request);
      return session === undefined ? null : ofCookie(request, session);
    },
    login(password) {
      if (!isSameSecret(password, PASSWORD)) return null;
      const [session, csrf] = [randomBytes(16).toString("hex"), randomBytes(16).toString("hex")];
      logins.set(session, { csrf, principal: client("login", SCOPES.login) });
      return { cookie: `${COOKIE}=${session}; Path=/desk; HttpOnly; SameSite=Strict`, csrf };
    },
    logout: (request) => void logins.delete(sessionOf(request) ?? ""),
  };
}

const sessionOf = ({ headers }: FastifyRequest): string | undefined =>
  new RegExp(`(?:^|; )${COOKIE}=([0-9a-f]+)`).exec(headers.cookie ?? "")?.[1];

export const signature = (signed: string): string =>
  createHmac("sha256", ISSUER.secret).update(signed).digest("base64url");

interface Claims {
  readonly iss?: unknown;
  readonly aud?: unknown;
  readonly exp?: unknown;
  readonly sub?: unknown;
  readonly scope?: unknown;
}

/** A compact signed token with issuer, audience, expiry and scopes, as an OpenID provider gives out. */
function ofToken(token: string, now: number): Principal | null {
  const [head = "", body = "", signed = ""] = token.split(".");
  if (!isSameSecret(signed, signature(`${head}.${body}`))) return null;
  const claims = JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as Claims;
  if (claims.iss !== ISSUER.name || claims.aud !== ISSUER.audience) return null;
  if (typeof claims.exp !== "number" || claims.exp * 1000 <= now) return null;
  const scopes = String(claims.scope)
    .split(" ")
    .flatMap((word) => (word === "desk:work" || word === "desk:watch" ? SCOPES[word] : []));
  return client(String(claims.sub), scopes);
}
