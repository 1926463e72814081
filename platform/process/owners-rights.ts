/** The user's umask; null where this process has the same. */
let usersMask: number | null = null;

/**
 * Makes sure that what this process creates can be used by its owner, whatever the umask: with 0277, it couldn't write
 * into the folders that it has just created. Roots call this first.
 */
export function keepOwnersRights(platform: NodeJS.Platform = process.platform): void {
  if (platform === 'win32') return;
  // it can only be read by setting it
  const mask = process.umask(0o077);
  const kept = mask & 0o077;
  process.umask(kept);
  if (kept !== mask) usersMask = mask;
}

/** Starts a program of the user's, which gets their umask. */
export function withUsersMask<T>(start: () => T): T {
  if (usersMask === null) return start();
  const own = process.umask(usersMask);
  try {
    return start();
  } finally {
    process.umask(own);
  }
}
