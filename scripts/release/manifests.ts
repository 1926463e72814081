// Writes the manifests that bring a release to winget and Homebrew, from the release's checksums.
//   node scripts/release/manifests.ts --repository OWNER/NAME --sums SHA256SUMS --out FOLDER
// Formats: https://learn.microsoft.com/en-us/windows/package-manager/package/manifest (version 1.10.0), and
// https://docs.brew.sh/Cask-Cookbook.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';

const winget = '1.10.0';

export interface ReleaseFiles {
  version: string;
  /** `OWNER/NAME` on GitHub. */
  repository: string;
  description: string;
  /** The text of SHA256SUMS. */
  sums: string;
}

/** The checksum of the only file with this ending. @throws Error when there are several or none */
function fileWith(ending: string, { sums }: ReleaseFiles): { name: string; sha256: string } {
  const found = sums
    .split('\n')
    .map((line) => line.match(/^([0-9a-f]{64}) [ *](.+)$/))
    .flatMap((match) =>
      match?.[1] && match[2]?.endsWith(ending) ? [{ sha256: match[1], name: match[2] }] : [],
    );
  const [file, another] = found;
  if (!file || another)
    throw new Error(`SHA256SUMS has ${found.length} files that end in ${ending}, not one.`);
  return file;
}

/** YAML that is a list of `name: value`; JSON's strings are YAML's. */
const yaml = (schema: string, fields: Record<string, string>, more = ''): string =>
  `# yaml-language-server: $schema=https://aka.ms/winget-manifest.${schema}.${winget}.schema.json\n${Object.entries(
    fields,
  )
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('')}${more}`;

/** The manifests by their paths. */
export function manifests(release: ReleaseFiles): Record<string, string> {
  const { version, repository, description } = release;
  const page = `https://github.com/${repository}`;
  const url = (name: string) => `${page}/releases/download/v${version}/${name}`;
  const installer = fileWith('.exe', release);
  const image = fileWith('.dmg', release);
  const [owner = ''] = repository.split('/');
  const id = `${owner}.Varvel`;
  const identity = { PackageIdentifier: id, PackageVersion: version };
  const manifest = (type: string) => ({ ManifestType: type, ManifestVersion: winget });
  return {
    [`winget/${id}.yaml`]: yaml('version', {
      ...identity,
      DefaultLocale: 'en-US',
      ...manifest('version'),
    }),
    [`winget/${id}.installer.yaml`]: yaml(
      'installer',
      { ...identity, InstallerType: 'nullsoft', Scope: 'user', ...manifest('installer') },
      `Installers:
  - Architecture: x64
    InstallerUrl: ${JSON.stringify(url(installer.name))}
    InstallerSha256: ${JSON.stringify(installer.sha256.toUpperCase())}
`,
    ),
    [`winget/${id}.locale.en-US.yaml`]: yaml('defaultLocale', {
      ...identity,
      PackageLocale: 'en-US',
      Publisher: owner,
      PackageName: 'Varvel',
      PackageUrl: page,
      License: 'MIT',
      ShortDescription: description,
      ReleaseNotesUrl: `${page}/releases/tag/v${version}`,
      ...manifest('defaultLocale'),
    }),
    'homebrew/varvel.rb': `cask "varvel" do
  version "${version}"
  sha256 "${image.sha256}"

  url "${url(image.name).replaceAll(version, '#{version}')}"
  name "Varvel"
  desc "${description.replace(/\.$/, '')}"
  homepage "${page}"

  auto_updates true

  app "Varvel.app"
  binary "#{appdir}/Varvel.app/Contents/Resources/cli/bin/varvel"

  zap trash: [
    "~/Library/Application Support/Varvel",
    "~/Library/Caches/Varvel",
    "~/Library/Preferences/io.github.varvel.plist",
  ]
end
`,
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { repository: { type: 'string' }, sums: { type: 'string' }, out: { type: 'string' } },
  });
  const { repository, sums, out } = z
    .object({
      repository: z.string().check(z.regex(/^[\w.-]+\/[\w.-]+$/)),
      sums: z.string(),
      out: z.string(),
    })
    .parse(values);
  const manifest = readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8');
  const { version, description } = z
    .object({ version: z.string(), description: z.string() })
    .parse(JSON.parse(manifest));
  const files = manifests({ version, description, repository, sums: readFileSync(sums, 'utf8') });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  }
}
