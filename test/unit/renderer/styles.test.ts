import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const renderer = join(import.meta.dirname, '..', '..', '..', 'renderer');
const read = (file: string): string => readFileSync(join(renderer, file), 'utf8');
const filesLike = (pattern: string): string[] => globSync(pattern, { cwd: renderer }).sort();
const isModule = (file: string): boolean => file.endsWith('.module.css');

/** The classes that a style sheet's selectors name. */
function classesIn(css: string): Set<string> {
  const selectors = css.replace(/\/\*.*?\*\//gs, '').match(/[^{};]+(?=\{)/g) ?? [];
  return new Set(
    selectors
      .filter((selector) => !selector.trimStart().startsWith('@'))
      .flatMap((selector) => [...selector.matchAll(/\.([a-z_][\w-]*)/gi)].map(([, name]) => name ?? '')),
  );
}

interface Uses {
  /** Classes by their global name. */
  names: Set<string>;
  /** Beginnings of such names: `tag-` of `tag-${look}`. */
  beginnings: Set<string>;
  /** What is taken from a module, as `file class`. */
  local: Set<string>;
  /** Classes of a module by a computed name, which nobody can check. */
  computed: string[];
}

function usesIn(file: string): Uses {
  const uses: Uses = { names: new Set(), beginnings: new Set(), local: new Set(), computed: [] };
  const modules = new Map<string, string>();
  const add = (text: string, openEnd: boolean): void => {
    const words = text.split(/\s+/);
    const last = openEnd ? words.pop() : '';
    if (last) uses.beginnings.add(last);
    for (const word of words) if (word) uses.names.add(word);
  };
  const inClassName = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) add(node.text, false);
    else if (ts.isTemplateExpression(node)) {
      add(node.head.text, true);
      for (const { expression, literal } of node.templateSpans) {
        inClassName(expression);
        add(literal.text, literal.kind === ts.SyntaxKind.TemplateMiddle);
      }
    } else if (ts.isConditionalExpression(node)) {
      inClassName(node.whenTrue);
      inClassName(node.whenFalse);
    } else if (ts.isJsxExpression(node) && node.expression) inClassName(node.expression);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const name = node.importClause?.name?.text;
      const css = node.moduleSpecifier.text;
      if (name !== undefined && isModule(css)) modules.set(name, join(dirname(file), css));
    }
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const css = modules.get(node.expression.text);
      if (css !== undefined) uses.local.add(`${css} ${node.name.text}`);
    }
    if (ts.isElementAccessExpression(node) && modules.has(node.expression.getText())) {
      uses.computed.push(`${file}: ${node.getText()}`);
    }
    const isClassName =
      (ts.isJsxAttribute(node) || ts.isPropertyAssignment(node)) && /className$/i.test(node.name.getText());
    if (isClassName && node.initializer) inClassName(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return uses;
}

const sheets = filesLike('**/*.css').map((file) => ({ file, classes: classesIn(read(file)) }));
const kit = sheets.filter(({ file }) => !isModule(file));
const uses = filesLike('**/*.{ts,tsx}').map(usesIn);

it('a feature has only classes of its own, and a component only the kit’s', () => {
  expect(sheets.length).toBeGreaterThan(50);
  const wrong = sheets.filter(({ file }) => isModule(file) !== file.startsWith('features/'));
  expect(wrong.map(({ file }) => file)).toEqual([]);
  expect(sheets.filter(({ file }) => read(file).includes(':global')).map(({ file }) => file)).toEqual([]);
});

it('each class is styled in one file', () => {
  const files = new Map<string, string[]>();
  for (const { file, classes } of kit) {
    for (const name of classes) files.set(name, [...(files.get(name) ?? []), file]);
  }
  expect([...files].filter(([, where]) => where.length > 1)).toEqual([]);
});

it('no two modules have the same name, which begins the names of their classes', () => {
  const names = sheets.map(({ file }) => basename(file)).filter(isModule);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

it('each class that is used is in its file, and each class in a file is used', () => {
  const inFiles = sheets.flatMap(({ file, classes }) =>
    isModule(file) ? [...classes].map((name) => `${file} ${name}`) : [],
  );
  const used = new Set(uses.flatMap(({ local }) => [...local]));
  expect(uses.flatMap(({ computed }) => computed)).toEqual([]);
  expect([...used].sort()).toEqual(inFiles.sort());
});

it('each class of the kit that is used is in a file, and each in a file is used', () => {
  const inFiles = new Set(kit.flatMap(({ classes }) => [...classes]));
  const used = new Set(uses.flatMap(({ names }) => [...names]));
  const beginnings = new Set(uses.flatMap((each) => [...each.beginnings]));
  const isUsed = (name: string): boolean =>
    used.has(name) || [...beginnings].some((beginning) => name.startsWith(beginning));
  expect([...used].filter((name) => !inFiles.has(name))).toEqual([]);
  expect([...inFiles].filter((name) => !isUsed(name))).toEqual([]);
  expect(
    [...beginnings].filter((beginning) => ![...inFiles].some((name) => name.startsWith(beginning))),
  ).toEqual([]);
});
