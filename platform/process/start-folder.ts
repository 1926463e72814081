import { dirname } from 'node:path';

/** Where other programs start: not in the folder that the person is in, since Windows, and a PATH with “.”, would find one there. */
export const startFolder = process.platform === 'win32' ? dirname(process.execPath) : '/';
