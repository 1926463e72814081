import type { Sandbox } from '../../../sandbox/start.ts';
import { keysOf } from '../sandbox/running.ts';

/** The temporary keys that a sandbox has, with the time that each alias says. */
export async function temporaryAtFal(sandbox: Sandbox) {
  return (await keysOf(sandbox)).flatMap((key) => {
    const [, date, time] = key.alias.match(/--varvel-until-(\d{8})T(\d{6})Z-[0-9a-f]{8}$/) ?? [];
    if (date === undefined || time === undefined) return [];
    const iso = `${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`;
    return [{ ...key, until: Date.parse(iso) }];
  });
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Looks until something is so. @throws Error after 20 s */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const begun = Date.now(); !(await isSo()); await sleep(100))
    if (Date.now() - begun > 20_000) throw new Error('It never came.');
}
