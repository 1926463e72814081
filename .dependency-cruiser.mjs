/**
 * Who may import whom: the rules of docs/architecture.md, enforced by `npm run check:imports`.
 * `only(from, ...to)` reads: files in `from` import nothing of this project but what matches `to`.
 */
const folders = 'core|contract|bridge|platform|host|main|preload|renderer|web|cli|sandbox|test|scripts';

const only = (name, from, ...to) => ({
  name: `${name}-imports-only-${to.join('-').replaceAll('/', '.') || 'itself'}`,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: `^(${folders})/`, pathNot: [from, ...to].map((folder) => `^${folder}(/|\\.ts$)`) },
});

/** What is known of each shell and file format: facts as plain as the model's, which every face needs (decision 10). */
const tables = ['core/shells/shells(-here)?', 'core/exports/formats/(formats|exported-file)'];

export default {
  forbidden: [
    only('model', 'core/model'),
    only('core', 'core'),
    only('platform', 'platform', 'core/ports', 'core/model', 'core/shells/(shells?|shells-here|hook-line)'),
    only('sandbox', 'sandbox'),
    only('contract', 'contract', 'core/model', ...tables),
    only('preload', 'preload', 'contract'),
    only('renderer', 'renderer', 'contract', 'core/model', ...tables),
    only('bridge', 'bridge', 'contract', 'core'),
    only('host', 'host', 'core', 'platform', 'sandbox/start'),
    only('main', 'main', 'bridge', 'host', 'core', 'contract', 'platform'),
    only('web', 'web', 'bridge', 'host', 'core', 'contract', 'platform'),
    only('cli', 'cli', 'host', 'core', 'platform', 'sandbox/start', 'web/serve'),
    {
      name: 'facts-of-shells-and-formats-import-facts-only',
      comment: 'the window loads them: they must bring nothing of the core along',
      severity: 'error',
      from: { path: '^core/(shells/(?!hook-line|shell-hooks)|exports/formats/)' },
      to: {
        path: `^(${folders})/`,
        pathNot: '^core/(model|shells|exports/formats)/|^core/(patch/splice|preview/mask)\\.ts$',
      },
    },
    {
      name: 'core-knows-no-system',
      comment: 'the core runs anywhere: what it needs from outside comes through core/ports.ts',
      severity: 'error',
      from: { path: '^core/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-knows-no-face-and-no-transport',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: 'node_modules/(electron|react|fastify|@connectrpc/connect-node|@github/keytar)/' },
    },
    {
      name: 'model-imports-zod-only',
      severity: 'error',
      from: { path: '^core/model/' },
      to: { path: 'node_modules', pathNot: 'node_modules/zod/' },
    },
    {
      name: 'only-main-and-preload-import-electron',
      severity: 'error',
      from: { pathNot: '^(main|preload|test/electron)/' },
      to: { path: '(^|/)electron$|node_modules/electron/' },
    },
    {
      name: 'nobody-imports-a-test',
      severity: 'error',
      from: { pathNot: '^(test|scripts)/' },
      to: { path: '^(test|scripts)/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-strangers', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'product-code-needs-no-development-dependency',
      severity: 'error',
      from: { path: '^(core|contract|bridge|platform|host|main|preload|web|cli|sandbox)/' },
      // what runs main and preload brings `electron`; the package is for its types and for developing
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/electron/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
