import {
  Brain,
  FilePen,
  FilePlus,
  FileText,
  FolderOpen,
  FolderSearch,
  GitBranch,
  MessageCircleQuestion,
  Search,
  SquareTerminal,
  Wrench,
  type LucideIcon,
} from "lucide-react";

interface ToolWords {
  readonly icon: LucideIcon;
  /** What it does, in a word: "Run", "Read". Null shows the tool's own name. */
  readonly verb: string | null;
  readonly target: string;
}

const known: Readonly<Record<string, { readonly icon: LucideIcon; readonly verb: string }>> = {
  shell_exec: { icon: SquareTerminal, verb: "Run" },
  read_file: { icon: FileText, verb: "Read" },
  write_file: { icon: FilePlus, verb: "Write" },
  edit_file: { icon: FilePen, verb: "Edit" },
  list_dir: { icon: FolderOpen, verb: "List" },
  find_files: { icon: FolderSearch, verb: "Find" },
  grep: { icon: Search, verb: "Search" },
  git_diff_branch: { icon: GitBranch, verb: "Compare with" },
  git_log_branch: { icon: GitBranch, verb: "Log since" },
  remember: { icon: Brain, verb: "Remember" },
  recall: { icon: Brain, verb: "Recall" },
  ask_person: { icon: MessageCircleQuestion, verb: "Ask" },
};

/** What says most about a call, the first that is there. */
const telling = [
  "question",
  "argv",
  "command",
  "pattern",
  "query",
  "path",
  "file",
  "url",
  "uri",
  "base",
  "content",
  "text",
  "name",
];

/** How a call is told in one line. Works on any arguments, however wrong. */
export function toolWords(name: string, args: unknown): ToolWords {
  const words = known[name] ?? { icon: Wrench, verb: null };
  return { ...words, target: targetOf(args) };
}

function targetOf(args: unknown): string {
  if (typeof args === "string") return args;
  if (typeof args !== "object" || args === null) return "";
  const fields = args as Readonly<Record<string, unknown>>;
  for (const key of telling) {
    const value = fields[key];
    if (typeof value === "string" && value !== "") return value;
    if (Array.isArray(value) && value.length > 0) return value.map((word) => quoted(String(word))).join(" ");
  }
  const text = JSON.stringify(args);
  return text === "{}" ? "" : text;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
