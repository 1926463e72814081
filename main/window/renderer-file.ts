import { join, normalize, sep } from 'node:path';

/**
 * Maps one of our addresses to a path inside the folder, or null when it leads outside. Doesn't check that the file
 * exists.
 */
export function rendererFile(address: string, origin: string, folder: string): string | null {
  if (!address.startsWith(`${origin}/`)) return null;
  const [path = ''] = address.slice(origin.length).split(/[?#]/);
  const name = decoded(path === '/' ? '/index.html' : path);
  if (name === null || /[\0\\:]/.test(name)) return null;
  const root = normalize(folder);
  const file = normalize(join(root, name));
  return file.startsWith(root + sep) ? file : null;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
