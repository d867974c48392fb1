/** Ways in which Python runs code that no import names, starts programs, or looks for modules elsewhere. */
const unseen =
  /\b(eval|exec|execfile|compile|__import__|importlib|imp|runpy|subprocess|popen\w*|system|spawn\w*|exec[lv]p?e?|ctypes|cffi|pickle|marshal|shelve|dill|zipimport|pkgutil|site|sitecustomize|multiprocessing|pty|code|codeop|types|builtins|__builtins__|sys\s*\.\s*path|sys\s*\.\s*modules|sys\s*\.\s*meta_path)\b|\\x|\\u|\\N/;

const MAX_TEXT = 512 * 1024;

/** Whether what stands beside the script on its import path is all of the project that it can lead to. */
export const staysBeside = (text: string): boolean => text.length <= MAX_TEXT && !unseen.test(text);
