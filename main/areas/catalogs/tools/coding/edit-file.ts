import * as z from "zod";
import type { Presentation } from "../../../inspection/contract.ts";
import { sha256 } from "../../../inspection/digest.ts";
import { presentFileChange } from "../../../inspection/inspect-file-change.ts";
import { rememberFileChange } from "../../../inspection/risks/file-change.ts";
import type { ShownEdit } from "./aside/text-helpers.ts";
import { edit, showChange } from "./aside/texts.ts";
import { codingTool } from "./coding-tool.ts";
import type { EditedText } from "./edit/apply.ts";
import { ToolFailure, quoted } from "./failure.ts";
import { lookAtFile, type FileSeen } from "./files/file-seen.ts";
import type { Location } from "./files/locate.ts";
import { strictText, tooLarge } from "./files/read.ts";
import { writeWhole } from "./files/write.ts";
import { locateForWriting } from "./write-file.ts";

const MAX_BYTES = 1024 * 1024;

const parameters = z.object({
  path: z.string().min(1).describe("Path of an existing text file, relative to the workspace."),
  old_string: z.string().min(1).describe("Text to replace, with enough around it to be found once."),
  new_string: z
    .string()
    .refine((text) => !/\p{Cs}/u.test(text), "is not valid Unicode text")
    .describe("What to put in its place."),
  replace_all: z.boolean().default(false).describe("Replace every place instead of exactly one."),
});
type Arguments = z.output<typeof parameters>;

export const editFile = codingTool({
  name: "edit_file",
  description:
    "Replace text in an existing UTF-8 file in the workspace. Needs permission. old_string must be found exactly once " +
    "unless replace_all is set; small differences in blanks, indentation, quotes and dashes are bridged and reported. " +
    "The result shows the updated lines: base further edits on them.",
  parameters,
  permission: {
    action: "edit_file",
    async look(args, { workspace }) {
      const { path, replace_all } = args;
      const seen = await lookAtFile(() => locateForWriting(path, workspace));
      return {
        subject: {
          target: replace_all ? `${path} (replace_all)` : path,
          remember: rememberFileChange({ path, status: "changed" }, workspace),
          fingerprint: sha256(JSON.stringify([path, replace_all])),
          state: seen.state,
        },
        present: () => present(args, seen, workspace),
      };
    },
  },
  async execute(args, { workspace }) {
    const { location, edited } = await prepare(
      args,
      await lookAtFile(() => locateForWriting(args.path, workspace)),
    );
    const bytes = Buffer.from(edited.text, "utf8");
    await writeWhole(location, { bytes, replaces: true });
    const { replacements, strategy, firstLine, lastLine } = edited;
    return {
      content: `${summary(edited, location, bytes.length)}\n\nupdated lines ${firstLine}-${lastLine}:\n${edited.shownLines}`,
      isError: false,
      metadata: { path: location.path, replacements, bytes: bytes.length, strategy },
    };
  },
});

interface PreparedEdit {
  readonly location: Location;
  readonly before: string;
  readonly edited: ShownEdit;
}

/** Everything but the writing, so that what is shown is what would be done. */
async function prepare(args: Arguments, seen: FileSeen): Promise<PreparedEdit> {
  const location = seen.location();
  if (location.kind === "absent")
    throw new ToolFailure(`${quoted(args.path)} does not exist; use write_file to create it`);
  const content = seen.content();
  if (content.length > MAX_BYTES) throw tooLarge(args.path, content.length, MAX_BYTES);
  const before = strictText(content);
  if (before === null || before.includes("\0"))
    throw new ToolFailure(`${quoted(args.path)} is not UTF-8 text`);
  const edited = await edit(before, {
    old: args.old_string,
    replacement: args.new_string,
    all: args.replace_all,
  });
  const size = Buffer.byteLength(edited.text);
  if (size > MAX_BYTES)
    throw new ToolFailure(`the edited file would be ${size} bytes, at most ${MAX_BYTES} are written`);
  return { location, before, edited };
}

async function present(args: Arguments, seen: FileSeen, workspace: string): Promise<Presentation> {
  const { location, before, edited } = await prepare(args, seen);
  const { path } = location;
  const change = await showChange({ path, status: "changed", before, after: edited.text });
  return presentFileChange(change, path, workspace);
}

function summary(
  { replacements, strategy, unescaped }: EditedText,
  { path }: Location,
  size: number,
): string {
  const made = `made ${replacements} replacement${replacements === 1 ? "" : "s"} in ${path} (${size} bytes)`;
  if (strategy === "exact" && !unescaped) return made;
  const how = unescaped ? `${strategy} after unescaping` : strategy;
  return `${made} via ${how} match: old_string was not in the file as given`;
}
