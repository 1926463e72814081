// An example of your own program: fal's official client reads the key from FAL_KEY and doesn't know about
// Varvel. Only its URLs are mapped to the sandbox's, since fal's are built in.
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
console.log(`request ${requestId} generated ${image.url}`);

const png = Buffer.from(await (await fetch(image.url)).arrayBuffer());
const isPng =
  png.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')) &&
  png.toString('latin1', 12, 16) === 'IHDR';
const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
if (!isPng || width !== image.width || height !== image.height)
  throw new Error('The downloaded file is not the expected PNG.');
await writeFile(file, png);
console.log(`${file}: a PNG of ${width} × ${height}, ${png.length} bytes`);
