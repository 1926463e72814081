import { VarvelError } from '../model/error.ts';
import type { Environment } from '../model/fal/fal-environment.ts';
import { textOfBytes } from '../patch/bytes.ts';
import type { Ports } from '../ports.ts';

/** Larger than any of the test model's pictures, in bytes. */
const largest = 20_000_000;

/** Pictures come from fal's file hosts, or from the host of the environment's models. */
function isFalFile(url: URL, environment: Environment): boolean {
  if (url.host === new URL(environment.runUrl).host) return true;
  return url.protocol === 'https:' && /(^|\.)fal\.(ai|media|run)$/.test(url.hostname);
}

/**
 * Fetches a picture for the window, which can't reach other hosts itself. Sends no credential.
 * @returns a data: URL
 * @throws VarvelError `refused` for anything but a picture from fal, `unreachable`
 */
export async function pictureData(
  address: string,
  { http, environment }: Pick<Ports, 'http' | 'environment'>,
  signal: AbortSignal,
): Promise<string> {
  const url = URL.parse(address);
  const refused = (why: string) =>
    new VarvelError('refused', `The picture can’t be shown: ${why}.`, `Open it at ${address.slice(0, 200)}`);
  if (!url || !isFalFile(url, environment)) throw refused('it is not on one of fal’s hosts');
  const response = await http.fetch(url.href, { signal, timeoutMs: 60_000 });
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  if (!response.ok || !/^image\/(png|jpeg|webp)$/.test(type))
    throw refused(`HTTP ${response.status}, ${type || 'no type'}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > largest) throw refused('it is too large');
  return `data:${type};base64,${btoa(textOfBytes(bytes))}`;
}
