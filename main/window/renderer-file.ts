import { join, normalize, sep } from 'node:path';

/**
 * The file that an address of ours names, or null when it names none inside the folder. Whether the file is there is
 * not looked at.
 */
export function rendererFile(address: string, origin: string, folder: string): string | null {
  if (!address.startsWith(`${origin}/`)) return null;
  const [path = ''] = address.slice(origin.length).split(/[?#]/);
  const named = decoded(path === '/' ? '/index.html' : path);
  if (named === null || /[\0\\:]/.test(named)) return null;
  const root = normalize(folder);
  const file = normalize(join(root, named));
  return file.startsWith(root + sep) ? file : null;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
