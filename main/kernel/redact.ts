const HIDDEN = "[hidden]";

/** What keys look like where they are issued. Each pattern is linear in the length of the text. */
const KEY_SHAPES: readonly RegExp[] = [
  /\bgh_[0-9a-f]{16}_[0-9a-f]{64}\b/g,
  /\bgs_[0-9a-f]{32}_[0-9a-f]{76}_[0-9a-f]{64}\b/g,
  /\bsk-[A-Za-z0-9_-]{8,}/g,
  /\b(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{8,}/g,
  /\bAIza[A-Za-z0-9_-]{20,}/g,
  /\b(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{20,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/g,
  /\bglpat-[A-Za-z0-9_-]{16,}/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\b(?:hf|npm|gsk|xai|r8|tvly|pplx)[_-][A-Za-z0-9_-]{16,}/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g,
  /\b[0-9a-f]{64}\b/gi,
];

const SECRET_NAME =
  "(?:[A-Za-z0-9_-]{0,40}(?:api[_-]?key|secret|token|passw(?:or)?d|credential)|x-goog-api-key|authorization|key|sig|signature)";

/** `api_key=…`, `"token": "…"`, `x-api-key: …`: the name stays, the value goes. */
const NAMED_SECRET = new RegExp(
  `(?<![A-Za-z0-9_-])(["']?${SECRET_NAME}["']?\\s{0,3}[:=]\\s{0,3}["']?)(?!(?:(?:bearer|basic)\\s{1,3})?\\[hidden\\])((?:bearer|basic)\\s{1,3})?[^\\s"'&,;)}\\]]{6,}`,
  "gi",
);
const BEARER = /\b(bearer|basic)\s{1,3}(?!\[hidden\])[A-Za-z0-9._~+/=-]{6,}/gi;
const PASSWORD_IN_URL = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{0,200}:)[^\s/@]{1,400}@/gi;

/** The text without what looks like a key, a token or a password, and without `secrets` wherever they stand. */
export function redact(text: string, secrets: readonly string[] = []): string {
  const known = secrets
    .filter((secret) => secret.length >= 4)
    .reduce((t, secret) => t.replaceAll(secret, HIDDEN), text);
  const named = known
    .replace(PASSWORD_IN_URL, `$1${HIDDEN}@`)
    .replace(BEARER, `$1 ${HIDDEN}`)
    .replace(
      NAMED_SECRET,
      (_whole, name: string, scheme: string | undefined) => `${name}${scheme ?? ""}${HIDDEN}`,
    );
  return KEY_SHAPES.reduce((t, shape) => t.replace(shape, HIDDEN), named);
}
