const HIDDEN = "[hidden]";

/** What keys look like where they are issued. Each pattern is linear in the length of the text. */
const KEY_SHAPES: readonly { readonly shape: RegExp; readonly name: string }[] = [
  { shape: /\bgh_[0-9a-f]{16}_[0-9a-f]{64}\b/g, name: "a key of Gatehouse" },
  { shape: /\bgs_[0-9a-f]{32}_[0-9a-f]{76}_[0-9a-f]{64}\b/g, name: "a key of Gatehouse" },
  { shape: /\bsk-[A-Za-z0-9_-]{8,}/g, name: "an API key" },
  { shape: /\b(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{8,}/g, name: "an API key" },
  { shape: /\bAIza[A-Za-z0-9_-]{20,}/g, name: "a Google key" },
  { shape: /\b(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{20,}/g, name: "a GitHub token" },
  { shape: /\bgithub_pat_[A-Za-z0-9_]{20,}/g, name: "a GitHub token" },
  { shape: /\bglpat-[A-Za-z0-9_-]{16,}/g, name: "a GitLab token" },
  { shape: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g, name: "a Slack token" },
  { shape: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, name: "an AWS key" },
  { shape: /\b(?:hf|npm|gsk|xai|r8|tvly|pplx)[_-][A-Za-z0-9_-]{16,}/g, name: "an API key" },
  { shape: /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g, name: "a signed token" },
  { shape: /\b[0-9a-f]{64}\b/gi, name: "a key of 64 digits" },
  { shape: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[A-Za-z0-9+/=\s\\]*/g, name: "a private key" },
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

/** How people write one down: "the password is hunter22", "PIN: 4711". */
const TOLD_SECRET =
  /\b(?:pass(?:word|phrase|code)|pin|secret|api[ _-]?key|access[ _-]?key|token|credentials?)(?:\s{1,3}(?:is|was|are)\s{1,3}|\s{0,3}[:=]\s{0,3})["'`]?(?![a-z]{1,20}\s{1,3}[a-z])\S{4}/i;

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
  return KEY_SHAPES.reduce((t, { shape }) => t.replace(shape, HIDDEN), named);
}

const NAMES_OF_OTHERS: readonly { readonly shape: RegExp; readonly name: string }[] = [
  { shape: PASSWORD_IN_URL, name: "a password in an address" },
  { shape: BEARER, name: "a token" },
  { shape: NAMED_SECRET, name: "a key or a password" },
  { shape: TOLD_SECRET, name: "a password" },
];

/**
 * What in the text looks like a secret, in words and without saying it. More than is hidden in logs: where a person is
 * asked, a question too many is better than a password kept.
 */
export function secretLooks(text: string): string[] {
  const all = [...KEY_SHAPES, ...NAMES_OF_OTHERS];
  const found = all.filter(({ shape }) => text.search(shape) >= 0).map(({ name }) => name);
  if (found.length === 0 && hasRandomWord(text)) return ["a long random word"];
  return [...new Set(found)];
}

const MIN_RANDOM = 28;

/** Letters of both cases and several digits, mixed: nobody writes such a word, and keys without a prefix are like that. */
function hasRandomWord(text: string): boolean {
  return text
    .split(/[^A-Za-z0-9]+/)
    .some(
      (word) =>
        word.length >= MIN_RANDOM &&
        /[a-z]/.test(word) &&
        /[A-Z]/.test(word) &&
        (word.match(/[0-9]/g)?.length ?? 0) >= 3,
    );
}
