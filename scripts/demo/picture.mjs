// What a program of yours looks like: fal's official client, which takes the key from FAL_KEY and knows nothing of
// Varvel. Only its addresses are mapped to the sandbox's, since those of fal are built into it.
import { readFile, writeFile } from 'node:fs/promises';
import { fal } from '@fal-ai/client';

const [file = 'picture.png'] = process.argv.slice(2);
const { runUrl, queueUrl } = JSON.parse(await readFile(process.env.VARVEL_ENVIRONMENT, 'utf8'));

fal.config({
  requestMiddleware: async (request) => ({
    ...request,
    url: request.url.replace(/^https:\/\/fal\.run/, runUrl).replace(/^https:\/\/queue\.fal\.run/, queueUrl),
  }),
});

const { data, requestId } = await fal.subscribe('fal-ai/flux/schnell', {
  input: { prompt: 'a falcon with an engraved ring on its leg' },
  onQueueUpdate: ({ status }) => console.log(status),
});
const [image] = data.images;
console.log(`request ${requestId} made ${image.url}`);

const png = Buffer.from(await (await fetch(image.url)).arrayBuffer());
const isPng =
  png.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')) &&
  png.toString('latin1', 12, 16) === 'IHDR';
const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
if (!isPng || width !== image.width || height !== image.height)
  throw new Error('That is not the PNG it was said to be.');
await writeFile(file, png);
console.log(`${file}: a PNG of ${width} × ${height}, ${png.length} bytes`);
