import type { Session } from 'electron';

/** Nothing is saved from a page; a file that the person wants is written by the core. */
export function denyDownloads(session: Session): void {
  session.on('will-download', (event) => event.preventDefault());
}
