import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where compiled code of the command line is kept, or null for nowhere: beside the program, but not inside an .app of
 * macOS, whose signature covers every file in it, and not in Windows' Program Files.
 * @param program the folder of the command line's code
 */
export function compileCacheFolder(
  program: string,
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): { folder: string; isUsers: boolean } | null {
  if (platform === 'darwin' && program.includes('.app/Contents/'))
    return { folder: join(homedir(), 'Library', 'Caches', 'Varvel', 'compiled'), isUsers: true };
  if (platform === 'win32') {
    const local = env.LOCALAPPDATA;
    return local ? { folder: join(local, 'Varvel', 'Cache', 'compiled'), isUsers: true } : null;
  }
  return { folder: join(program, 'compile-cache'), isUsers: false };
}
