/** A path as people say it: the home folder is ~. */
export function shortPath(path: string, home: string): string {
  // a home of / shortens nothing
  const root = home.replace(/[/\\]+$/, '');
  if (root === '' || !path.startsWith(root)) return path;
  const rest = path.slice(root.length);
  return rest === '' || /^[/\\]/.test(rest) ? `~${rest}` : path;
}

const parts = (path: string): string[] => path.split(/[/\\]/).filter(Boolean);

/** A file's own name, without its folders. */
export const fileName = (path: string): string => parts(path).at(-1) ?? path;
