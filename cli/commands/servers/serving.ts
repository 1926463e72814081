import { VarvelError } from '../../../core/model/error.ts';
import { codeOf } from '../../../platform/files/error-code.ts';
import { fileError } from '../../../platform/files/file-error.ts';

/** Waits until a server is stopped: by Ctrl-C (the signal), SIGTERM, SIGHUP or `stop`. */
export function awaitStop(signal: AbortSignal): { stopped: Promise<void>; stop: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const name of ['SIGTERM', 'SIGHUP'] as const) process.once(name, () => resolve());
  signal.addEventListener('abort', () => resolve());
  return { stopped: promise, stop: () => resolve() };
}

/** Why a server couldn't be started, in words; anything unknown as it is. */
export function serverError(error: unknown, port: string | undefined, folder: string | undefined): unknown {
  const code = codeOf(error);
  if (code === 'EADDRINUSE' || (code === 'EACCES' && folder === undefined))
    return new VarvelError(
      'conflict',
      code === 'EACCES' ? `You may not use port ${port}.` : `Port ${port ?? ''} is in use.`,
      'Choose another with --port, or leave it out.',
      { cause: error },
    );
  return folder === undefined ? error : fileError(error, folder, 'keep');
}

/** Reads a port. @throws VarvelError `invalid` */
export function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new VarvelError(
    'invalid',
    `“${text.slice(0, 40)}” is not a valid port.`,
    'Use a number from 0 to 65535.',
  );
}
