import { existsSync } from 'node:fs';
import { parse } from 'dotenv';
import { expect, test } from 'vitest';
import type { FileFormat } from '../../../core/exports/formats/formats.ts';
import { render } from '../../../core/exports/render.ts';
import { VarvelError } from '../../../core/model/error.ts';
import { readBy } from './read.ts';
import { values } from './values.ts';

/** The values that a format can carry, with their names; what it refuses is refused with a reason. */
function carried(format: FileFormat): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [n, value] of values.entries()) {
    try {
      render(format, { A: value });
      variables[`V${n}`] = value;
    } catch (error) {
      expect(error).toBeInstanceOf(VarvelError);
      expect(error).toMatchObject({ code: 'invalid', hint: { action: 'use_format', format: 'json' } });
    }
  }
  return variables;
}

const dotenv = { name: '.env', content: render('dotenv', carried('dotenv')) };

test('dotenv files carry what fal makes, and most of what it might', () => {
  expect(Object.keys(carried('dotenv')).length).toBeGreaterThan(values.length * 0.6);
});

test('dotenv reads back every value that a dotenv file can carry', () => {
  expect(parse(dotenv.content)).toEqual(carried('dotenv'));
});

test('node --env-file reads back every value that a dotenv file can carry', () => {
  const print = 'process.stdout.write(JSON.stringify(process.env))';
  const said = readBy(process.execPath, (file) => [`--env-file=${file}`, '-e', print], dotenv);
  expect(JSON.parse(said)).toMatchObject(carried('dotenv'));
});

test('python-dotenv reads back every value that a dotenv file can carry', () => {
  const script =
    'import json, sys; from dotenv import dotenv_values; print(json.dumps(dotenv_values(sys.argv[1])))';
  // the system's own Python, which has the package
  const said = readBy('/usr/bin/python3', (file) => ['-c', script, file], dotenv);
  expect(JSON.parse(said)).toEqual(carried('dotenv'));
});

test('Python’s configparser, with which ComfyUI-fal-API reads it, reads back every value of a config.ini', () => {
  const script =
    'import configparser, json, sys; c = configparser.ConfigParser(); c.read(sys.argv[1]); print(json.dumps({k.upper(): v for k, v in c["API"].items()}))';
  const all = carried('comfyui');
  const said = readBy('python3', (file) => ['-c', script, file], {
    name: 'config.ini',
    content: render('comfyui', all),
  });
  expect(JSON.parse(said)).toEqual(all);
  expect(Object.keys(all).length).toBeGreaterThan(values.length * 0.6);
});

test('ruby-dotenv reads back every value that a dotenv file can carry', () => {
  const script = 'require "dotenv"; require "json"; puts JSON.generate(Dotenv.load(ARGV[0]))';
  const said = readBy('ruby', (file) => ['-e', script, file], { ...dotenv, env: { LANG: 'C.UTF-8' } });
  expect(JSON.parse(said)).toEqual(carried('dotenv'));
});

test('direnv hands on every value of an .envrc', () => {
  const all = Object.fromEntries(values.map((value, n) => [`V${n}`, value]));
  const said = readBy(
    'sh',
    (_, folder) => ['-c', `direnv allow '${folder}' && direnv export json 2>/dev/null`],
    { name: '.envrc', content: render('envrc', all) },
  );
  expect(JSON.parse(said)).toMatchObject(all);
});

// of its programs this one needs no manager; in environment.d, unlike in EnvironmentFile=, a $ is a reference
const generator = '/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator';

test.skipIf(!existsSync(generator))(
  'systemd’s own parser reads back every value without a dollar sign',
  () => {
    const all = Object.fromEntries(
      values.flatMap((value, n) => (value.includes('$') ? [] : [[`V${n}`, value]])),
    );
    const place = '.config/environment.d';
    const said = readBy(
      'sh',
      (file) => ['-c', `mkdir -p home/${place} && mv '${file}' home/${place} && ${generator}`],
      { name: '10-fal.conf', content: render('systemd', all) },
    );
    // it prints what it read quoted anew, with a backslash before what is special
    const read = [...said.matchAll(/^(V\d+)=(?:"(.*)"|(.*))$/gm)].map(([, name, quoted, bare]) => [
      name,
      quoted?.replaceAll(/\\(.)/g, '$1') ?? bare,
    ]);
    expect(Object.fromEntries(read)).toEqual(all);
  },
);
