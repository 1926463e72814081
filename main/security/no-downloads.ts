import type { Session } from 'electron';

/** Blocks downloads. Files are written by the core only. */
export function denyDownloads(session: Session): void {
  session.on('will-download', (event) => event.preventDefault());
}
