import { comfyui } from './comfyui.ts';
import { docker } from './docker.ts';
import { dotenv } from './dotenv.ts';
import { envrc } from './envrc.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { systemd } from './systemd.ts';

/** Every file format, in the order they are listed. Lists, schemas, labels and completion follow from this table. */
export const fileFormats = { dotenv, envrc, docker, systemd, github, comfyui, json };

export type FileFormat = keyof typeof fileFormats;

/** The default format. */
export const usualFormat: FileFormat = 'dotenv';

const isFormat = (name: string): name is FileFormat => Object.hasOwn(fileFormats, name);

export const fileFormatNames: readonly FileFormat[] = Object.keys(fileFormats).filter(isFormat);

/** The formats that have a file name. */
export const namedFormats = fileFormatNames.flatMap((format) => {
  const { fileName } = fileFormats[format];
  return fileName === null ? [] : [{ format, fileName }];
});

/** Whether a file's name says that it is an env file: .env, .env.local, worker.env, or the name of a format. */
export function isEnvFile(path: string): boolean {
  const name = path.split(/[\\/]/).at(-1) ?? '';
  return (
    /(?:^|[._-])env(?:[._-]|$)/i.test(name) || !/\.[a-z\d]+$/i.test(name) || formatOf(path) !== usualFormat
  );
}

/** The format for a file's name; dotenv by default. */
export function formatOf(path: string): FileFormat {
  const name = path.split(/[\\/]/).at(-1) ?? '';
  const named = namedFormats.find(({ fileName }) => name.endsWith(fileName.replace(/^\*/, '')));
  return named?.format ?? usualFormat;
}
