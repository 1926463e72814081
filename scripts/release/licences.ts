import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.optional(z.string()),
      license: z.optional(z.string()),
      dev: z.optional(z.boolean()),
      devOptional: z.optional(z.boolean()),
      os: z.optional(z.union([z.string(), z.array(z.string())])),
    }),
  ),
});

/** A package that users get, with the licence it names and that licence's text. */
export interface Licence {
  name: string;
  version: string;
  licence: string;
  /** Empty when the package brings none. */
  text: string;
}

const isLicence = (file: string): boolean => /^(licen[cs]e|copying|notice)/i.test(file);

/** The licences of all packages that users get, by package-lock.json. @param root a checkout with its node_modules */
export async function bundledLicences(root: string): Promise<Licence[]> {
  const { packages } = Lock.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
  const bundled = Object.entries(packages).filter(
    // what is for one system only is a Node, whose licence is beside it, or a shell for the tests
    ([path, entry]) => path !== '' && !entry.dev && !entry.devOptional && entry.os === undefined,
  );
  return Promise.all(
    bundled.map(async ([path, { version = '', license = '' }]) => {
      const files = (await readdir(join(root, path))).filter(isLicence);
      const texts = await Promise.all(files.map((file) => readFile(join(root, path, file), 'utf8')));
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return { name, version, licence: license, text: texts.map((text) => text.trim()).join('\n\n') };
    }),
  );
}

/** One text with the licences of all packages that users get. */
export async function licenceTexts(root: string): Promise<string> {
  const licences = await bundledLicences(root);
  const apache = await readFile(join(root, 'node_modules', 'typescript', 'LICENSE.txt'), 'utf8');
  const entry = ({ name, version, licence, text }: Licence): string => {
    const none = `The package names this licence and brings no text.${licence.includes('Apache-2.0') ? ' The Apache License is at the end.' : ''}`;
    return `${name} ${version}\n${licence}\n\n${text || none}\n`;
  };
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return [
    'Varvel contains these packages, each under its own licence.\n',
    ...licences.map(entry),
    `Apache License 2.0\n\n${apache.trim()}\n`,
  ].join(rule);
}
