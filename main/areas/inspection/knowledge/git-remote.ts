/** A remote by its name. An address may be `ext::` and run a program, so addresses are for https and ssh alone. */
const remote = /^([A-Za-z0-9_][\w./-]*|(https|ssh|git):\/\/[^\s]+|[\w.-]+@[\w.-]+:[\w./~-]+)$/;

export const isRemote = (text: string | undefined): boolean =>
  text === undefined || (remote.test(text) && !text.includes("::"));
