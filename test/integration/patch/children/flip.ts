// Replaces a file by one of two long contents in turn, for ever: FILE
import { patchFile } from '../../../../platform/files/patch-file.ts';
import { say } from '../../platform/children/say.ts';

const [, , path = ''] = process.argv;
say('ready');
for (let index = 0; ; index += 1) {
  await patchFile(path, () => Buffer.alloc(200_000, index % 2 ? 'a' : 'b'));
}
