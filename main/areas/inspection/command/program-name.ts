/** `Python.exe` and `/usr/bin/python` are `python`. */
export function baseName(program: string): string {
  const name = program.slice(Math.max(program.lastIndexOf("/"), program.lastIndexOf("\\")) + 1).toLowerCase();
  return name.replace(/\.(exe|cmd|bat|com)$/, "");
}

const systemFolder = /^(\/usr(\/local)?)?\/s?bin\/[^/]+$|^\/opt\/homebrew\/bin\/[^/]+$/;

/** Programs here are what their name says; a program at any other path may be anything. */
export const isSystemPath = (program: string): boolean => systemFolder.test(program);

/** Whether it is a file at a place of its own rather than a program known by its name. */
export const isOwnFile = (program: string): boolean => /[/\\]/.test(program) && !isSystemPath(program);
