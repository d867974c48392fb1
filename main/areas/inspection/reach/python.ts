/** Ways in which Python runs code that no import names, starts programs, or looks for modules elsewhere. */
const unseen =
  /\b(eval|exec|execfile|compile|__import__|importlib|imp|runpy|popen\w*|system|exec[lv]p?e?|ctypes|cffi|pickle|marshal|shelve|dill|zipimport|pkgutil|site|sitecustomize|multiprocessing|pty|code|codeop|types|builtins|__builtins__|startfile|dictConfig|fileConfig|load_extension|CGIHTTP\w*|sys\s*\.\s*path\w*|sys\s*\.\s*modules|sys\s*\.\s*meta_path)\b|subprocess|spawn|\.\s*path\s*(?:\.\s*(?:insert|append|extend)\b|\+?=(?!=)|\[)|\\x|\\u|\\N/i;

/** Modules of the library that run nothing but what they are handed as functions, apart from what is named above. */
const plain = new Set(
  `__future__ abc argparse array ast asyncio atexit base64 binascii bisect bz2 calendar cmath collections colorsys
  concurrent configparser contextlib contextvars copy csv dataclasses datetime decimal difflib email enum errno fcntl
  filecmp fileinput fnmatch fractions functools gc getopt getpass glob graphlib grp gzip hashlib heapq hmac html http
  inspect io ipaddress itertools json keyword linecache locale logging lzma math mimetypes mmap numbers operator os
  pathlib platform posixpath pprint pwd queue random re resource sched secrets select selectors shlex shutil signal
  socket socketserver sqlite3 ssl stat statistics string struct sys tarfile tempfile termios textwrap threading time
  token tokenize tomllib traceback typing unicodedata urllib uuid warnings weakref xml zipfile zlib zoneinfo`.split(
    /\s+/,
  ),
);

const name = String.raw`[\w.]+(?:[ \t]+as[ \t]+\w+)?`;
const imported = new RegExp(
  String.raw`(?:^|[;:])[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+(${name}(?:[ \t]*,[ \t]*${name})*)[ \t]*(?=$|[;#\r]))`,
  "gm",
);
/** Of these modules some names are modules that run what they read. */
const furtherNames =
  /^[ \t]*from[ \t]+(logging|sys|concurrent)[ \t]+import[^\n]*(\b(config|path\w*|modules)\b|[*(\\])/m;

const MAX_TEXT = 512 * 1024;

/**
 * Whether what stands beside the script on its import path is all of the project that it can lead to: it imports only
 * modules of the library that run nothing themselves, and what `isBeside` knows. A word too many, in a comment say, only
 * makes this say no.
 */
export function staysBeside(text: string, isBeside: (module: string) => boolean): boolean {
  if (text.length > MAX_TEXT || unseen.test(text) || furtherNames.test(text)) return false;
  let found = 0;
  for (const [, from, list] of text.matchAll(imported)) {
    found += 1;
    const modules = from === undefined ? (list ?? "").split(",") : [from];
    if (!modules.every((module) => isKnown(module.trim(), isBeside))) return false;
  }
  return found === (text.match(/\bimport\b/g)?.length ?? 0);
}

function isKnown(module: string, isBeside: (module: string) => boolean): boolean {
  const [first = ""] = module.split(/[.\s]/, 1);
  // `.` is in the script's own folders, all of which are bound.
  return first === "" || isBeside(first) || plain.has(first);
}
