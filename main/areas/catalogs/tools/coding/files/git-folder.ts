export const isGitFolder = (name: string): boolean => name.toLowerCase() === ".git";

export const hasGitFolder = (path: string): boolean => path.split(/[\\/]/).some(isGitFolder);
